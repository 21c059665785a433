import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SourceChange } from '../../../protocol/domain/restore.ts';
import { errorMessage } from '../../os/error-code.ts';
import { copyFile, exists } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import type { CompareKept, KeptKind } from '../kept-order.ts';
import type { SpaceNeed } from '../restore-kind.ts';
import { holdLive } from './compare-live.ts';
import { changedRows, type RowComparison, rowsThen, sameRows } from './compare-tables.ts';
import { databaseBytes } from './copy-pages.ts';

/** Rows per table that the undo would take away (inserted, changed) and bring back (deleted, changed). */
export const compareKeptDatabase: CompareKept = async ({ source, engine, items }, work) => {
  const [item] = items;
  const { live = '', kept } = item ?? {};
  const scratch = join(work.scratch, source);
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  try {
    const bytes = kept === undefined ? 0 : await databaseBytes(kept);
    const liveBytes = await databaseBytes(live);
    const rows = await compareRows(source, live, kept, scratch, work);
    return { source, engine, live, bytes, liveBytes, ...rows };
  } catch (error) {
    work.signal.throwIfAborted();
    const problem = `its rows could not be compared: ${errorMessage(error)}`;
    return { source, engine, live, bytes: 0, problem };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
};

async function compareRows(
  source: string,
  live: string,
  kept: string | undefined,
  scratch: string,
  work: Work,
): Promise<Pick<SourceChange, 'tables' | 'problem'>> {
  using now = await holdLive(live, scratch, work);
  if (kept === undefined) return now.kind === 'held' ? allGo(await sameRows(now.reader)) : {};
  const then = await settled(kept, scratch);
  if (now.kind !== 'held') return { ...(await rowsThen(then, now.kind)), problem: now.problem };
  const onTable = (table: string) => work.progress(`compare ${source}: ${table}`, 0, 0);
  return await changedRows(now.reader, then, onTable, work.signal);
}

/** Nothing was there before: the undo takes the database away. */
function allGo({ tables }: RowComparison): Pick<SourceChange, 'tables'> {
  return {
    tables: tables.map((table) => ({ ...table, backupRows: 0, inserted: table.liveRows })),
  };
}

/** One that was moved aside may have a -wal beside it, which to read is to write: that is done to a copy. */
async function settled(kept: string, scratch: string): Promise<string> {
  const wal = `${kept}-wal`;
  if (!(await exists(wal)) || (await stat(wal)).size === 0) return kept;
  const copy = join(scratch, 'kept.db');
  await copyFile(kept, copy);
  await copyFile(wal, `${copy}-wal`);
  return copy;
}

/** A copy of what is live now, and the -wal through which all pages of the kept one go. */
export const spaceToUndoDatabase: KeptKind['space'] = async ({ items }) => {
  const needs: SpaceNeed[] = [];
  for (const { live, kept } of items) {
    if (kept === undefined) continue;
    const path = dirname(live);
    needs.push({ path, bytes: await databaseBytes(live), part: 'undo' });
    needs.push({ path, bytes: await databaseBytes(kept), part: 'exchange' });
  }
  return needs;
};
