import { filesExchanger, restoreFiles } from './files/restore.ts';
import type { FilesSettings } from './files/settings.ts';
import { checkUnpackedDump } from './postgres/check-unpacked.ts';
import { postgresExchanger } from './postgres/exchange-databases.ts';
import { restorePostgres } from './postgres/restore.ts';
import type { PostgresSourceSettings } from './postgres/settings.ts';
import type { ArchivedSource, Exchanger, SourceRestore } from './restore-kind.ts';
import { restoreSettings, settingsExchanger } from './settings/restore.ts';
import type { SettingsSettings } from './settings/settings.ts';
import { checkUnpacked, restoreSqlite, sqliteExchanger } from './sqlite/restore.ts';
import type { SqliteSettings } from './sqlite/settings.ts';

/** The restore side of a configured source. */
export function restoreOf(
  name: string,
  settings: SqliteSettings | FilesSettings | SettingsSettings | PostgresSourceSettings,
): SourceRestore {
  switch (settings.engine) {
    case 'sqlite':
      return restoreSqlite(name, settings);
    case 'files':
      return restoreFiles(name, settings);
    case 'settings':
      return restoreSettings(name, settings);
    case 'postgres':
      return restorePostgres(name, settings);
    default:
      return settings satisfies never;
  }
}

/** By engine: an undo works from its record alone, also when the source is no longer configured. */
export const exchangers: Readonly<Record<string, Exchanger>> = {
  sqlite: sqliteExchanger,
  files: filesExchanger,
  settings: settingsExchanger,
  postgres: postgresExchanger,
};

/** Engines whose members are named by the whole path where they lay, so that these go along when it changes. */
export const namedByPath: ReadonlySet<string> = new Set(['settings']);

/** By engine: proves what was unpacked into a folder of its own; the others need nothing beyond their content. */
export const unpackedChecks: Readonly<
  Record<string, (archived: ArchivedSource, folder: string) => Promise<void>>
> = { sqlite: checkUnpacked, postgres: checkUnpackedDump };
