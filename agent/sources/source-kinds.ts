import Database from 'better-sqlite3';
import type { ByHand } from './by-hand.ts';
import type { ContentCheck } from './content-check.ts';
import type { ContentDiff } from './content-diff.ts';
import { filesByHand } from './files/by-hand.ts';
import type { FilesSettings } from './files/settings.ts';
import { openFiles } from './files/source.ts';
import type { IntegrityCheck } from './integrity.ts';
import { mariadbByHand } from './mariadb/by-hand.ts';
import { MariadbDumpCheck } from './mariadb/dump-check.ts';
import type { MariadbSourceSettings } from './mariadb/settings.ts';
import { openMariadbSource } from './mariadb/source.ts';
import { mariadbServerByHand } from './mariadb-server/by-hand.ts';
import type { MariadbServerSettings } from './mariadb-server/settings.ts';
import { openMariadbServer } from './mariadb-server/source.ts';
import { postgresByHand } from './postgres/by-hand.ts';
import { DumpCheck } from './postgres/dump-check.ts';
import type { PostgresSourceSettings } from './postgres/settings.ts';
import { openPostgresSource } from './postgres/source.ts';
import { BackupCheck } from './postgres-server/backup-check.ts';
import { postgresServerByHand } from './postgres-server/by-hand.ts';
import { pageSizeIn as postgresPageSizeIn } from './postgres-server/page-size.ts';
import type { PostgresServerSettings } from './postgres-server/settings.ts';
import { openPostgresServer } from './postgres-server/source.ts';
import type { RowCounts } from './row-counts.ts';
import { settingsByHand } from './settings/by-hand.ts';
import type { SettingsSettings } from './settings/settings.ts';
import { openSettings } from './settings/source.ts';
import type { Source } from './source.ts';
import { sqliteByHand } from './sqlite/by-hand.ts';
import { checkSqlite } from './sqlite/check-integrity.ts';
import { countRows } from './sqlite/count-rows.ts';
import { diffDatabases } from './sqlite/diff-databases.ts';
import { listTables } from './sqlite/merge/list-tables.ts';
import { readRows } from './sqlite/merge/read-rows.ts';
import { pageSizeIn } from './sqlite/page-size.ts';
import type { SqliteSettings } from './sqlite/settings.ts';
import { openSqlite } from './sqlite/source.ts';
import { sqlserverByHand } from './sqlserver/by-hand.ts';
import type { SqlserverSourceSettings } from './sqlserver/settings.ts';
import { openSqlserverSource } from './sqlserver/source.ts';
import type { TableReader } from './table-reader.ts';

interface SettingsOf {
  readonly sqlite: SqliteSettings;
  readonly files: FilesSettings;
  readonly settings: SettingsSettings;
  readonly postgres: PostgresSourceSettings;
  readonly mariadb: MariadbSourceSettings;
  readonly 'mariadb-server': MariadbServerSettings;
  readonly sqlserver: SqlserverSourceSettings;
  readonly 'postgres-server': PostgresServerSettings;
}
export type Engine = keyof SettingsOf;

interface SourceKind<E extends Engine> {
  open(name: string, settings: SettingsOf[E]): Source;
  byHand(name: string, settings: SettingsOf[E]): ByHand;
  /** Version of the engine at work, for the archive's header. */
  version(): string;
  /** The engine's own check of a member's content, laid out as a file of its own. */
  checkIntegrity?(path: string): IntegrityCheck;
  /** The check of engines whose members only mean something together. */
  checkContent?(): ContentCheck;
  /** Rows of each table of a member's content, laid out as a file of its own. */
  countRows?(path: string): RowCounts;
  /** Of engines whose members are made of pages: their size, from how a member begins. */
  pageSizeIn?(start: Uint8Array): number | undefined;
  /** What differs in two members' content, each laid out as a file of its own. */
  diffContent?: DiffContent;
  /** Tables and rows of a member's content, laid out as a file of its own. */
  tables?: TableReader;
}

export type DiffContent = (
  before: string,
  after: string,
  onPart: (part: string) => void,
  signal: AbortSignal,
) => Promise<ContentDiff>;

/** Every engine, one line each. */
const sourceKinds: { readonly [E in Engine]: SourceKind<E> } = {
  sqlite: {
    open: openSqlite,
    byHand: sqliteByHand,
    version: sqliteVersion,
    checkIntegrity: checkSqlite,
    countRows,
    pageSizeIn,
    diffContent: diffDatabases,
    tables: { listTables, readRows },
  },
  files: { open: openFiles, byHand: filesByHand, version: () => '1' },
  settings: { open: openSettings, byHand: settingsByHand, version: () => '1' },
  postgres: {
    open: openPostgresSource,
    byHand: postgresByHand,
    // Those of server and programs are in what describes each dump.
    version: () => '1',
    checkContent: () => new DumpCheck(),
  },
  mariadb: {
    open: openMariadbSource,
    byHand: mariadbByHand,
    version: () => '1',
    checkContent: () => new MariadbDumpCheck(),
  },
  'mariadb-server': {
    open: openMariadbServer,
    byHand: mariadbServerByHand,
    version: () => '1',
  },
  // By the server that writes it: in what describes each backup.
  sqlserver: { open: openSqlserverSource, byHand: sqlserverByHand, version: () => '1' },
  'postgres-server': {
    open: openPostgresServer,
    byHand: postgresServerByHand,
    version: () => '1',
    checkContent: () => new BackupCheck(),
    pageSizeIn: postgresPageSizeIn,
  },
};

export function openSource<E extends Engine>(
  name: string,
  settings: SettingsOf[E] & { readonly engine: E },
): Source {
  return sourceKinds[settings.engine].open(name, settings);
}

export function byHandOf<E extends Engine>(
  name: string,
  settings: SettingsOf[E] & { readonly engine: E },
): ByHand {
  return sourceKinds[settings.engine].byHand(name, settings);
}

/** Undefined for an engine that this build does not know, or that has no check. */
export function integrityCheckOf(engine: string): ((path: string) => IntegrityCheck) | undefined {
  return kindOf(engine)?.checkIntegrity;
}

/** Undefined for an engine of which each member is checked by itself, or none. */
export function contentCheckOf(engine: string): (() => ContentCheck) | undefined {
  return kindOf(engine)?.checkContent;
}

/** Undefined for an engine that has no rows. */
export function rowCountOf(engine: string): ((path: string) => RowCounts) | undefined {
  return kindOf(engine)?.countRows;
}

/** Undefined for an engine whose members have no pages. */
export function pageSizeOf(
  engine: string,
): ((start: Uint8Array) => number | undefined) | undefined {
  return kindOf(engine)?.pageSizeIn;
}

/** Undefined for an engine whose content is only told apart byte by byte. */
export function contentDiffOf(engine: string): DiffContent | undefined {
  return kindOf(engine)?.diffContent;
}

/** Undefined for an engine that has no tables. */
export function tableReaderOf(engine: string): TableReader | undefined {
  return kindOf(engine)?.tables;
}

export function engineVersion(engine: string): string {
  return kindOf(engine)?.version() ?? '';
}

function kindOf(engine: string): Omit<SourceKind<Engine>, 'open'> | undefined {
  return Object.entries(sourceKinds).find(([name]) => name === engine)?.[1];
}

function sqliteVersion(): string {
  const database = new Database(':memory:');
  try {
    return String(database.prepare('select sqlite_version()').pluck().get());
  } finally {
    database.close();
  }
}
