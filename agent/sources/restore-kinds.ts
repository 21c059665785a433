import { filesExchanger, restoreFiles } from './files/restore.ts';
import type { FilesSettings } from './files/settings.ts';
import { checkUnpackedMariadb } from './mariadb/check-unpacked.ts';
import { mariadbExchanger } from './mariadb/exchanger.ts';
import { restoreMariadb } from './mariadb/restore.ts';
import type { MariadbSourceSettings } from './mariadb/settings.ts';
import { mariadbServerExchanger, restoreMariadbServer } from './mariadb-server/restore.ts';
import type { MariadbServerSettings } from './mariadb-server/settings.ts';
import { checkUnpackedServer } from './physical/check-unpacked.ts';
import { checkUnpackedDump } from './postgres/check-unpacked.ts';
import { postgresExchanger } from './postgres/exchanger.ts';
import { restorePostgres } from './postgres/restore.ts';
import type { PostgresSourceSettings } from './postgres/settings.ts';
import { postgresServerExchanger, restorePostgresServer } from './postgres-server/restore.ts';
import type { PostgresServerSettings } from './postgres-server/settings.ts';
import type { ArchivedSource, Exchanger, SourceRestore } from './restore-kind.ts';
import { restoreSettings, settingsExchanger } from './settings/restore.ts';
import type { SettingsSettings } from './settings/settings.ts';
import { checkUnpacked, restoreSqlite, sqliteExchanger } from './sqlite/restore.ts';
import type { SqliteSettings } from './sqlite/settings.ts';
import { sqlserverExchanger } from './sqlserver/exchange-databases.ts';
import { restoreSqlserver } from './sqlserver/restore.ts';
import type { SqlserverSourceSettings } from './sqlserver/settings.ts';

/** The restore side of a configured source. */
export function restoreOf(
  name: string,
  settings:
    | SqliteSettings
    | FilesSettings
    | SettingsSettings
    | PostgresSourceSettings
    | MariadbSourceSettings
    | MariadbServerSettings
    | SqlserverSourceSettings
    | PostgresServerSettings,
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
    case 'sqlserver':
      return restoreSqlserver(name, settings);
    case 'postgres-server':
      return restorePostgresServer(name, settings);
    case 'mariadb':
      return restoreMariadb(name, settings);
    case 'mariadb-server':
      return restoreMariadbServer(name, settings);
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
  sqlserver: sqlserverExchanger,
  mariadb: mariadbExchanger,
  'mariadb-server': mariadbServerExchanger,
  'postgres-server': postgresServerExchanger,
};

/** Engines whose members are named by the whole path where they lay, so that these go along when it changes. */
export const namedByPath: ReadonlySet<string> = new Set(['settings']);

/** By engine: proves what was unpacked into a folder of its own; the others need nothing beyond their content. */
export const unpackedChecks: Readonly<
  Record<string, (archived: ArchivedSource, folder: string) => Promise<void>>
> = {
  sqlite: checkUnpacked,
  postgres: checkUnpackedDump,
  mariadb: checkUnpackedMariadb,
  'mariadb-server': checkUnpackedServer,
  'postgres-server': checkUnpackedServer,
};
