import type { SourceMerge, TableMerge } from '../../../../protocol/domain/restore-order.ts';
import { failureOf, KedgeError, wordFailure } from '../../../../protocol/failures.ts';
import type { PostgresSession } from '../../../databases/postgres/connect.ts';
import { SqlError } from '../../../databases/sql-session.ts';
import type { Work } from '../../../os/work.ts';
import { mergeOf, type Orphans, refusedMerge, withOrphans } from '../../dumps/table-merges.ts';
import { asking, openSession } from '../sessions.ts';
import { besideName, nameAt, temporarySchema } from './beside.ts';
import { compareRows, exampleRows } from './compare-rows.ts';
import { findOrphans, readForeignKeys } from './foreign-keys.ts';
import { readLiveTables } from './live-tables.ts';
import { loadTable } from './load-table.ts';
import { planGoneTables } from './plan-gone-tables.ts';
import { readGoneTables } from './read-gone-tables.ts';
import { whyNoDeletes } from './refused-deletes.ts';
import { asDumped, type TablePart } from './table-part.ts';
import { fitTables, type TableToExchange } from './wanted-tables.ts';

/**
 * What would change, found by loading the rows of then into tables of the session's own and comparing. Nothing stays of
 * it, and no writer is held up.
 */
export async function planTables(part: TablePart, work: Work): Promise<SourceMerge> {
  const { server, archived, wanted } = part;
  const { signal } = work;
  const source = archived.name;
  try {
    using session = await openSession(server, server.name, signal);
    return { source, tables: await asking(signal, look(part, session, work)) };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    const problem = wordFailure(failureOf(error)).message;
    return { source, tables: wanted.map(({ table }) => refusedMerge(table, problem)) };
  }
}

async function look(
  part: TablePart,
  session: PostgresSession,
  work: Work,
): Promise<readonly TableMerge[]> {
  const { signal } = work;
  await session.query(`BEGIN; ${asDumped}`, signal);
  const { fitting, coming, refused } = fitTables(part, await readLiveTables(session, signal));
  const { gone, unsaid } = await readGoneTables(part, coming, signal);
  const merged = [...part.refused, ...refused, ...unsaid].map(({ table, problem }) =>
    refusedMerge(table, problem),
  );
  const loaded = new Map<string, string>();
  const beside = new Map<string, string>();
  for (const [index, table] of fitting.entries()) {
    const { live } = table;
    work.progress(`compare ${live.table}`, 0, 0);
    const name = besideName(temporarySchema, index);
    const one = await tryOne(part, session, { table, index }, work);
    merged.push(one);
    if (one.problem !== undefined) continue;
    loaded.set(live.oid, name);
    beside.set(live.quoted, name);
  }
  const orphans = await orphansOf(session, loaded, signal);
  const made = await planGoneTables(part, session, { gone, beside }, work);
  await session.query('ROLLBACK', signal);
  return orphans.reduce(withOrphans, [...merged, ...made]);
}

/** What the live table refuses, its copy refuses too. */
async function tryOne(
  { archived, facts }: TablePart,
  session: PostgresSession,
  { table, index }: { readonly table: TableToExchange; readonly index: number },
  { signal, progress }: Work,
): Promise<TableMerge> {
  const { live, then } = table;
  const beside = besideName(temporarySchema, index);
  let done = 0;
  const onBytes = (bytes: number): void => {
    done += bytes;
    progress(`read ${then.table} for a look`, done, 0);
  };
  const rows = { archived, facts, onBytes };
  await session.query('SAVEPOINT one', signal);
  try {
    await loadTable(session, beside, table, rows, signal);
    await session.query(`ANALYZE ${beside}`, signal);
    const found = await compareRows(session, beside, live, signal);
    const published = await whyNoDeletes(session, live, signal);
    if (published !== undefined) return refusedMerge(live.table, published);
    const examples = await exampleRows(session, beside, live, signal);
    return mergeOf(live.table, found, examples);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SqlError)) throw error;
    await session.query('ROLLBACK TO SAVEPOINT one', signal);
    const why = named(error.message, index, live.table);
    return refusedMerge(live.table, `its rows do not fit any more: ${why}`);
  }
}

/** What the server says of the table beside. */
function named(message: string, index: number, table: string): string {
  const beside = nameAt(index);
  return message.replaceAll(`"${beside}"`, `"${table}"`).replaceAll(`"${beside}_`, '"');
}

async function orphansOf(
  session: PostgresSession,
  loaded: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<readonly Orphans[]> {
  if (loaded.size === 0) return [];
  const found: Orphans[] = [];
  for (const key of await readForeignKeys(session, [...loaded.keys()], signal)) {
    const orphans = key.isValid ? await findOrphans(session, key, loaded, signal) : undefined;
    if (orphans !== undefined) found.push(orphans);
  }
  return found;
}
