import type { SourceChange } from '../../../protocol/domain/restore.ts';
import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import { literal } from '../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import { onlyNumbers, rowChanges } from '../dumps/row-changes.ts';
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
  const about = {
    source,
    engine: 'postgres',
    live: wordPlace(server),
    bytes: then.bytes,
    wholeTables: true,
  } as const;
  const before = new Map(then.tables.map(({ table, rows }) => [table, rows]));
  try {
    using session = await openSession(server, server.name, signal);
    const now = await asking(signal, countTables(session, signal));
    const liveBytes = await sizeOf(server, server.name, signal);
    const after = new Map(now.map(({ table, rows = 0 }) => [table, rows]));
    return { ...about, liveBytes, tables: rowChanges(before, after), problem: onlyNumbers };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    if (isNoDatabase(error))
      return { ...about, liveBytes: 0, tables: rowChanges(before, new Map()) };
    const problem = wordFailure(failureOf(error)).message;
    // No tables: that nothing could be asked is not that they are empty.
    return { ...about, tables: [], problem };
  }
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
