import type { SourceChange } from '../../../protocol/domain/restore.ts';
import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import type { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import { onlyNumbers, rowChanges } from '../dumps/row-changes.ts';
import type { BackupFacts } from './backup-facts.ts';
import { wordPlace } from './database-place.ts';
import { bytesOf } from './kept-database.ts';
import { countTables } from './read-facts.ts';
import { asking, openSession } from './sessions.ts';
import { isDatabaseThere } from './source.ts';

/** Rows per table then and now, by the server's own books. */
export async function compareDatabase(
  source: string,
  server: SqlserverSettings,
  facts: BackupFacts,
  signal: AbortSignal,
): Promise<SourceChange> {
  const bytes = facts.files.reduce((sum, file) => sum + file.bytes, 0);
  const about = {
    source,
    engine: 'sqlserver',
    live: wordPlace(server),
    bytes,
    wholeTables: true,
  } as const;
  const before = new Map(facts.tables.map(({ table, rows }) => [table, rows]));
  try {
    if (!(await isDatabaseThere(server, signal)))
      return { ...about, liveBytes: 0, tables: rowChanges(before, new Map()) };
    using session = await openSession(server, server.name, signal);
    const now = await asking(signal, countTables(session, signal));
    const after = new Map(now.map(({ table, rows }) => [table, rows]));
    const liveBytes = await bytesOf(server, server.name, signal);
    return { ...about, liveBytes, tables: rowChanges(before, after), problem: onlyNumbers };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    const problem = wordFailure(failureOf(error)).message;
    // No tables: that nothing could be asked is not that they are empty.
    return { ...about, tables: [], problem };
  }
}
