import type { SourceChange, TableChange } from '../../../protocol/domain/restore.ts';
import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import { literal } from '../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { RowCounts } from '../row-counts.ts';
import { countTables } from './count-tables.ts';
import { wordPlace } from './database-place.ts';
import { asking, isNoDatabase, openMaintenance, openSession } from './sessions.ts';

/** Rows per table then and now: numbers only, as which of them differ is not to be had from a dump at a glance. */
export async function compareDatabase(
  source: string,
  server: PostgresSettings,
  then: RowCounts & { readonly bytes: number },
  signal: AbortSignal,
): Promise<SourceChange> {
  const about = { source, engine: 'postgres', live: wordPlace(server), bytes: then.bytes };
  const before = new Map(then.tables.map(({ table, rows }) => [table, rows]));
  try {
    using session = await openSession(server, server.name, signal);
    const now = await asking(signal, countTables(session, signal));
    const liveBytes = await sizeOf(server, server.name, signal);
    const after = new Map(now.map(({ table, rows = 0 }) => [table, rows]));
    return { ...about, liveBytes, tables: changesOf(before, after), problem: onlyNumbers };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    const tables = changesOf(before, new Map());
    if (isNoDatabase(error)) return { ...about, liveBytes: 0, tables };
    const problem = `rows were not compared: ${wordFailure(failureOf(error)).message}`;
    return { ...about, tables, problem };
  }
}

/** A dump does not say it at a glance, and nothing may be taken for unchanged. */
const onlyNumbers =
  'only the numbers of rows are compared: which rows are new or changed since is not known, and would be lost';

function changesOf(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): readonly TableChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names.map((table) => {
    const [backupRows, liveRows] = [before.get(table) ?? 0, after.get(table) ?? 0];
    return { table, backupRows, liveRows };
  });
}

/** Bytes on the server's disk; 0: it is not there. */
export async function sizeOf(
  server: PostgresSettings,
  name: string,
  signal: AbortSignal,
): Promise<number> {
  using session = await openMaintenance(server, signal);
  const sql = `SELECT pg_database_size(oid) AS bytes FROM pg_database WHERE datname = ${literal(name)}`;
  const [row] = await asking(signal, session.query(sql, signal));
  return Number(row?.['bytes'] ?? 0);
}
