import type { SourceMerge, TableMerge } from '../../../../protocol/domain/restore-order.ts';
import { failureOf, KedgeError, wordFailure } from '../../../../protocol/failures.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import type { Work } from '../../../os/work.ts';
import { mergeOf, refusedMerge, withOrphans } from '../../dumps/table-merges.ts';
import { theirTables } from '../list-objects.ts';
import { named } from '../rename-step.ts';
import { asking, openSession } from '../sessions.ts';
import { compareRows, exampleRows } from './compare-rows.ts';
import { type ForeignKey, findOrphans, readForeignKeys } from './foreign-keys.ts';
import { inLookDatabase } from './look-database.ts';
import { type LoadedTables, loadTables, type TablePart } from './table-part.ts';

/**
 * What would change, found by loading the tables of then into a database that is dropped again, and comparing. No
 * writer is held up.
 */
export async function planTables(part: TablePart, work: Work): Promise<SourceMerge> {
  const { server, archived, wanted } = part;
  const { signal } = work;
  const source = archived.name;
  try {
    return await inLookDatabase(server, work, async (database) => {
      using session = await openSession(server, signal);
      return { source, tables: await asking(signal, look(part, session, database, work)) };
    });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    const problem = wordFailure(failureOf(error)).message;
    return { source, tables: wanted.map(({ table }) => refusedMerge(table, problem)) };
  }
}

async function look(
  part: TablePart,
  session: SqlSession,
  database: string,
  work: Work,
): Promise<readonly TableMerge[]> {
  const { signal } = work;
  let done = 0;
  const onBytes = (bytes: number): void => {
    done += bytes;
    work.progress('read tables for a look', done, 0);
  };
  const found = await loadTables(part, { session, database, onBytes }, signal);
  const merged = [...part.refused, ...found.refused].map(({ table, problem }) =>
    refusedMerge(table, problem),
  );
  for (const table of found.loaded) {
    work.progress(`compare ${table}`, 0, 0);
    merged.push(await compareOne(session, { database, table, found }, signal));
  }
  return await withKeys(session, { part, database, found, merged }, signal);
}

interface Looked {
  readonly database: string;
  readonly found: LoadedTables;
}

async function compareOne(
  session: SqlSession,
  { database, found, table }: Looked & { readonly table: string },
  signal: AbortSignal,
): Promise<TableMerge> {
  const [beside, live] = [named(database, table), found.live.get(table)];
  if (live === undefined) {
    const [row] = await session.query(`SELECT COUNT(*) AS counted FROM ${beside}`, signal);
    const besideRows = Number(row?.['counted'] ?? 0);
    const none = { liveRows: 0, overwritten: 0, deleted: 0 };
    return mergeOf(table, { ...none, besideRows, inserted: besideRows }, []);
  }
  const difference = await compareRows(session, beside, live, signal);
  return mergeOf(table, difference, await exampleRows(session, beside, live, signal));
}

/** Rows that would point nowhere, and tables whose keys would. */
async function withKeys(
  session: SqlSession,
  looked: Looked & { readonly part: TablePart; readonly merged: readonly TableMerge[] },
  signal: AbortSignal,
): Promise<readonly TableMerge[]> {
  const { database, found, part } = looked;
  const { name: live } = part.server;
  const loaded = new Set(found.loaded);
  const there = new Set([...(await theirTables(session, live, signal)), ...loaded]);
  const at = (table: string): string => named(loaded.has(table) ? database : live, table);
  let { merged } = looked;
  for (const key of await keysAfter(session, live, found, signal)) {
    if (there.has(key.parent)) {
      const orphans = await findOrphans(session, key, at, signal);
      if (orphans !== undefined) merged = withOrphans(merged, orphans);
    } else {
      const problem = `its foreign key "${key.name}" leads to "${key.parent}", which is not there: bring back both, or load it beside (--beside)`;
      const others = merged.filter(({ table }) => table !== key.table);
      merged = [...others, refusedMerge(key.table, problem)];
    }
  }
  return merged;
}

/** Of tables that are live as they are now, of others as they were. */
async function keysAfter(
  session: SqlSession,
  live: string,
  { loaded, live: shapes, keys }: LoadedTables,
  signal: AbortSignal,
): Promise<readonly ForeignKey[]> {
  const now = await readForeignKeys(session, live, loaded, signal);
  return [...now.keys, ...keys.filter(({ table }) => !shapes.has(table))];
}
