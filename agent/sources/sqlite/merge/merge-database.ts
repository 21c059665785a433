import type Database from 'better-sqlite3';
import type { TableMerge } from '../../../../protocol/domain/restore-order.ts';
import { KedgeError } from '../../../../protocol/failures.ts';
import { errorCode } from '../../../os/error-code.ts';
import { beforeOperation } from '../../../os/faults.ts';
import { removeFile } from '../../../os/files.ts';
import { askIntegrity } from '../ask-integrity.ts';
import { closing } from '../connect.ts';
import { copyDatabase } from '../copy-database.ts';
import { settleDatabase } from '../copy-pages.ts';
import { openDatabase } from '../open-database.ts';
import type { MergeOrder } from './merge-order.ts';
import { mergeTables } from './merge-tables.ts';
import { beginWhenFree, commitWhenFree } from './merge-transaction.ts';
import { openMerge } from './open-merge.ts';

/** In a rollback journal writers wait as long as a step of the copy; after this all is copied in one. */
const smallStepsMs = 30_000;
/** Short: what waits for a lock goes on in steps, so that a cancel gets through. */
const busyMs = 50;

/**
 * What a merge would do, found by doing it to a copy of the live database, which lies beside `backup`
 * meanwhile and takes as much space as the live one. Nothing live is written, no writer is held up.
 */
export async function planMerge(
  order: MergeOrder,
  onTable: (table: string) => void,
  signal: AbortSignal,
): Promise<readonly TableMerge[]> {
  const copy = `${order.backup}.live`;
  await removeDatabase(copy);
  try {
    await copyLive(order.live, copy, signal);
    using file = openMerge(copy, order.backup, busyMs);
    const { database } = file;
    // Nothing of it has to survive.
    database.pragma('main.journal_mode = delete');
    database.pragma('main.synchronous = off');
    database.exec('begin');
    return await mergeTables(database, order.what, onTable, signal);
  } finally {
    await removeDatabase(copy);
  }
}

async function copyLive(live: string, copy: string, signal: AbortSignal): Promise<void> {
  using reader = closing(await openLive(live));
  const quiet = () => undefined;
  await copyDatabase(reader.database, copy, { signal, smallStepsMs, onPages: quiet, log: quiet });
}

async function openLive(live: string): Promise<Database.Database> {
  try {
    const database = await openDatabase(live);
    if (Number(database.pragma('page_count', { simple: true })) > 0) return database;
    database.close();
  } catch (error) {
    if (!/^(ENOENT|ENOTDIR|SQLITE_(NOTADB|CORRUPT))/.test(errorCode(error))) throw error;
  }
  throw nothingLive(live);
}

export function nothingLive(live: string): KedgeError {
  const why = `there is no database at "${live}" that rows could be merged into`;
  return new KedgeError('restore-refused', { why });
}

async function removeDatabase(path: string): Promise<void> {
  for (const ending of ['', '-journal', '-wal', '-shm']) await removeFile(path + ending);
}

/**
 * Merges in one transaction of the live database; refused as a whole, and nothing changed, where a problem
 * stands. `onLocked` is called when the write lock is held and nothing is written yet.
 */
export async function mergeInto(
  order: MergeOrder,
  signal: AbortSignal,
  onLocked: () => Promise<void> = async () => undefined,
): Promise<readonly TableMerge[]> {
  const { live, backup, what } = order;
  beforeOperation('sqlite merge', live);
  let merged: readonly TableMerge[];
  {
    using file = openMerge(live, backup, busyMs);
    const { database } = file;
    await beginWhenFree(database, live, signal);
    await onLocked();
    merged = await mergeTables(database, what, () => undefined, signal);
    refuseProblems(merged);
    refuseDamage(database);
    beforeOperation('sqlite commit', live);
    await commitWhenFree(database, live, signal);
  }
  await settleDatabase(live);
  return merged;
}

function refuseProblems(merged: readonly TableMerge[]): void {
  const problems = merged.flatMap(({ table, problem }) =>
    problem === undefined ? [] : [`table "${table}": ${problem}`],
  );
  if (problems.length > 0) throw new KedgeError('restore-refused', { why: problems.join('; ') });
}

function refuseDamage(database: Database.Database): void {
  const [first] = askIntegrity(database, 'quick_check', 1).problems;
  if (first === undefined) return;
  throw new KedgeError('restore-refused', { why: `the merged database is damaged: ${first}` });
}
