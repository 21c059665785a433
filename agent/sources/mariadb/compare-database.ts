import type { SourceChange } from '../../../protocol/domain/restore.ts';
import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { onlyNumbers, rowChanges } from '../dumps/row-changes.ts';
import type { RowCounts } from '../row-counts.ts';
import { wordPlace } from './database-place.ts';
import { rowsIn } from './kept-rows.ts';
import { isIn } from './list-objects.ts';
import { asking, isNoDatabase, openSession } from './sessions.ts';

/** Rows per table then and now: numbers only, as which of them differ is not to be had from a dump at a glance. */
export async function compareDatabase(
  source: string,
  server: MariadbSettings,
  then: RowCounts & { readonly bytes: number },
  signal: AbortSignal,
): Promise<SourceChange> {
  const about = {
    ...{ source, engine: 'mariadb', live: wordPlace(server), bytes: then.bytes },
    wholeTables: true as const,
  };
  const before = new Map(then.tables.map(({ table, rows }) => [table, rows]));
  try {
    using session = await openSession(server, signal, server.name);
    const after = await asking(signal, rowsIn(session, server.name, signal));
    const liveBytes = await asking(signal, sizeOf(session, server.name, signal));
    // A server lists a session until it has closed it: in the live database this one would pass for a client.
    await asking(signal, session.query('USE information_schema', signal));
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

/** On the server's disk, as it last looked. */
export async function sizeOf(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<number> {
  const [row] = await session.query(
    `SELECT COALESCE(SUM(data_length + index_length + data_free), 0) AS bytes
     FROM information_schema.tables WHERE ${isIn('table_schema', database)}`,
    signal,
  );
  return Number(row?.['bytes'] ?? 0);
}
