import type { SqlRow, SqlSession } from '../../databases/sql-session.ts';
import { identifier, literal } from '../../databases/sqlserver/quote.ts';

/** What its server says of a database, beside what is in a backup of it. */
export interface DatabaseProperties {
  readonly id: string;
  readonly owner?: string;
  readonly recovery: string;
  readonly turnedOff: readonly string[];
  /** What keeps it from being exchanged, in words. */
  readonly bound: readonly string[];
}

/** Undefined: there is none of this name. */
export async function readProperties(
  session: SqlSession,
  name: string,
  signal: AbortSignal,
): Promise<DatabaseProperties | undefined> {
  const [row] = await session.query(
    `SELECT database_id AS id, SUSER_SNAME(owner_sid) AS owner, recovery_model_desc AS recovery,
      is_trustworthy_on AS trustworthy, is_broker_enabled AS broker, is_db_chaining_on AS chaining,
      is_cdc_enabled AS cdc, is_published AS published, is_merge_published AS merged,
      source_database_id AS snapshot, CAST(replica_id AS nvarchar(36)) AS replica
     FROM sys.databases WHERE name = ${literal(name)}`,
    signal,
  );
  return row === undefined ? undefined : propertiesIn(row);
}

function propertiesIn(row: SqlRow): DatabaseProperties {
  const isOn = (name: string): boolean => row[name] === '1';
  const { id, owner, recovery } = row;
  return {
    id: id ?? '',
    ...(owner ? { owner } : {}),
    recovery: recovery ?? '',
    turnedOff: [
      ...(isOn('trustworthy') ? ['TRUSTWORTHY'] : []),
      ...(isOn('broker') ? ['ENABLE_BROKER'] : []),
      ...(isOn('chaining') ? ['DB_CHAINING'] : []),
    ],
    bound: [
      ...(row['replica'] ? ['it is in an availability group'] : []),
      ...(isOn('published') || isOn('merged') ? ['it is published for replication'] : []),
      ...(isOn('cdc') ? ['change data capture is on in it'] : []),
      ...(row['snapshot'] ? ['it is a snapshot'] : []),
    ],
  };
}

/** Rows of each table by the server's own books: nothing is read for it. In the database of the session. */
export async function countTables(
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly { readonly table: string; readonly rows: number }[]> {
  const tables = await readTables(session, signal);
  return tables.map(({ table, rows }) => ({ table, rows }));
}

export interface NamedTable {
  /** As an archive and its plans list it: "dbo.visit". */
  readonly table: string;
  readonly schema: string;
  readonly name: string;
  readonly rows: number;
}

/** The same with the names by which the server knows them. */
export async function readTables(
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly NamedTable[]> {
  const rows = await session.query(
    `SELECT s.name AS owner, t.name AS name, SUM(p.rows) AS counted
     FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id
      JOIN sys.partitions p ON p.object_id = t.object_id AND p.index_id IN (0, 1)
     WHERE t.is_ms_shipped = 0 GROUP BY s.name, t.name ORDER BY s.name, t.name`,
    signal,
  );
  return rows.map(({ owner, name, counted }) => ({
    table: wordTable(owner ?? '', name ?? ''),
    schema: owner ?? '',
    name: name ?? '',
    rows: Number(counted),
  }));
}

export function wordTable(schema: string, name: string): string {
  return `${plain(schema)}.${plain(name)}`;
}

/** No two tables have one name: "a.b".c is not a."b.c". */
function plain(name: string): string {
  return /[.\][]/.test(name) ? identifier(name) : name;
}

/** The full that the server's own differentials are taken against; undefined: none, or not one for all files. */
export async function readDifferentialBase(
  session: SqlSession,
  name: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const rows = await session.query(
    `SELECT DISTINCT CAST(differential_base_guid AS nvarchar(36)) AS base
     FROM sys.master_files WHERE database_id = DB_ID(${literal(name)}) AND type = 0`,
    signal,
  );
  const [first, ...others] = rows;
  return others.length > 0 ? undefined : (first?.['base'] ?? undefined);
}

export interface ServerFacts {
  readonly version: string;
  readonly edition: string;
  /** 5 and 6: of Azure, 8: its managed instance, which write to no folder. */
  readonly engine: number;
  /** Where files of new databases go, with the slash at its end. */
  readonly dataFolder: string;
  readonly logFolder: string;
}

export async function readServer(session: SqlSession, signal: AbortSignal): Promise<ServerFacts> {
  const [row] = await session.query(
    `SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS version,
      CAST(SERVERPROPERTY('Edition') AS nvarchar(128)) AS edition,
      CAST(SERVERPROPERTY('EngineEdition') AS int) AS engine,
      CAST(SERVERPROPERTY('InstanceDefaultDataPath') AS nvarchar(260)) AS data,
      CAST(SERVERPROPERTY('InstanceDefaultLogPath') AS nvarchar(260)) AS log`,
    signal,
  );
  return {
    version: row?.['version'] ?? '',
    edition: row?.['edition'] ?? '',
    engine: Number(row?.['engine'] ?? 0),
    dataFolder: row?.['data'] ?? '',
    logFolder: row?.['log'] ?? '',
  };
}

/** Of pages that are in use, in the database of the session: about what a backup of all of it would be. */
export async function readUsedBytes(session: SqlSession, signal: AbortSignal): Promise<number> {
  const [row] = await session.query(
    `SELECT SUM(CAST(FILEPROPERTY(name, 'SpaceUsed') AS bigint)) * 8192 AS bytes
     FROM sys.database_files WHERE type = 0`,
    signal,
  );
  return Number(row?.['bytes'] ?? 0);
}

/** Bytes on the server's disk, whether it is online or not; 0: it is not there. */
export async function readBytes(
  session: SqlSession,
  name: string,
  signal: AbortSignal,
): Promise<number> {
  const [row] = await session.query(
    `SELECT SUM(CAST(size AS bigint)) * 8192 AS bytes FROM sys.master_files
     WHERE database_id = DB_ID(${literal(name)})`,
    signal,
  );
  return Number(row?.['bytes'] ?? 0);
}
