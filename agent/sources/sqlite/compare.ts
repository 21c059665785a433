import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceChange } from '../../../protocol/domain/restore.ts';
import type { IndexMember } from '../../archive/archive-reader.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import type { Work } from '../../os/work.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { writeMemberFile } from '../write-member.ts';
import { holdLive, type LiveState, type NoLiveState } from './compare-live.ts';
import { hasSamePages } from './compare-pages.ts';
import { changedRows, type RowComparison, rowsThen, sameRows } from './compare-tables.ts';
import { databaseBytes } from './copy-pages.ts';

interface Comparison {
  readonly source: string;
  readonly live: string;
  readonly archived: ArchivedSource;
  readonly member: IndexMember;
}

/**
 * Rows per table that were inserted, changed and deleted since the backup. Where the pages are not the same, the
 * backup's database is unpacked into scratch for it. Whatever is wrong with the live one is said, not thrown.
 */
export async function compareDatabase(order: Comparison, work: Work): Promise<SourceChange> {
  const { source, live, member } = order;
  const scratch = join(work.scratch, source);
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  try {
    const liveBytes = await databaseBytes(live);
    const rows = await compareRows(order, scratch, work);
    return { source, engine: 'sqlite', live, bytes: member.sizeBytes, liveBytes, ...rows };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function compareRows(order: Comparison, scratch: string, work: Work): Promise<RowComparison> {
  using live = await holdLive(order.live, scratch, work);
  try {
    if (live.kind === 'held' && (await hasSamePages(order.member, order.archived, live, work))) {
      return await sameRows(live.reader);
    }
    return await compareUnpacked(order, live, scratch, work);
  } catch (error) {
    const problem = rowProblem(error, work);
    if (problem === undefined) throw error;
    return { tables: [], problem };
  }
}

function rowProblem(error: unknown, { scratch }: Work): string | undefined {
  const code = errorCode(error);
  if (/^(ENOSPC|EDQUOT|SQLITE_FULL)$/.test(code)) {
    return `"${scratch}" has no room to unpack the backup`;
  }
  return code.startsWith('SQLITE_') ? errorMessage(error) : undefined;
}

async function compareUnpacked(
  { archived, member, source }: Comparison,
  live: LiveState | NoLiveState,
  scratch: string,
  work: Work,
): Promise<RowComparison> {
  const then = join(scratch, 'then.db');
  let done = 0;
  await writeMemberFile(then, member, archived.content(member, work.signal), (bytes) => {
    done += bytes;
    work.progress(`reading the database of ${source}`, done, member.sizeBytes);
  });
  if (live.kind !== 'held') {
    return { ...(await rowsThen(then, live.kind)), problem: live.problem };
  }
  const onTable = (table: string) => work.progress(`compare rows of ${table}`, 0, 0);
  return await changedRows(live.reader, then, onTable, work.signal);
}
