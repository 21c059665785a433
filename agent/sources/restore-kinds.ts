import { filesExchanger, restoreFiles } from './files/restore.ts';
import type { FilesSettings } from './files/settings.ts';
import type { Exchanger, SourceRestore } from './restore-kind.ts';
import { restoreSettings, settingsExchanger } from './settings/restore.ts';
import type { SettingsSettings } from './settings/settings.ts';
import { restoreSqlite, sqliteExchanger } from './sqlite/restore.ts';
import type { SqliteSettings } from './sqlite/settings.ts';

/** The restore side of a configured source. */
export function restoreOf(
  name: string,
  settings: SqliteSettings | FilesSettings | SettingsSettings,
): SourceRestore {
  switch (settings.engine) {
    case 'sqlite':
      return restoreSqlite(name, settings);
    case 'files':
      return restoreFiles(name, settings);
    case 'settings':
      return restoreSettings(name, settings);
    default:
      return settings satisfies never;
  }
}

/** By engine: an undo works from its record alone, also when the source is no longer configured. */
export const exchangers: Readonly<Record<string, Exchanger>> = {
  sqlite: sqliteExchanger,
  files: filesExchanger,
  settings: settingsExchanger,
};
