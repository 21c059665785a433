import type { BigIntStats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { writeLocksOf } from '../../os/file-locks.ts';

/** A transaction that was seen under way. */
export interface SeenLock {
  readonly pid: number;
  /** Counts on with each commit, so that two short transactions are never taken for a long one. */
  readonly commits: string;
  readonly sinceMs: number;
}

/** Bytes of the database that a writer locks for writing. Source: sqlite os.h, PENDING_BYTE. */
const rollback = { first: 0x40000000, last: 0x40000000 + 511 };
/** Byte of the -shm that a writer locks. Source: sqlite wal.c, WALINDEX_LOCK_OFFSET. */
const walWrite = { first: 120, last: 120 };
/** In the header of the database: the file change counter. Source: sqlite.org/fileformat.html. */
const changeCounter = { at: 24, bytes: 4 };
/** In the header of the -shm: iChange to mxFrame. Source: sqlite.org/walformat.html. */
const walHeader = { at: 8, bytes: 12 };

/** Who has a transaction for writing open, from outside: no lock is taken and no connection opened. */
export async function findLock(
  path: string,
  database: BigIntStats,
  before: SeenLock | undefined,
  nowMs: number,
): Promise<SeenLock | undefined> {
  const shm = `${path}-shm`;
  const index = await stat(shm, { bigint: true, throwIfNoEntry: false });
  const found =
    (await holderOf(path, database, rollback, changeCounter)) ??
    (index === undefined ? undefined : await holderOf(shm, index, walWrite, walHeader));
  if (found === undefined) return undefined;
  const same = before?.pid === found.pid && before.commits === found.commits;
  return { ...found, sinceMs: same ? before.sinceMs : nowMs };
}

interface Range {
  readonly first: number;
  readonly last: number;
}

async function holderOf(
  path: string,
  file: BigIntStats,
  range: Range,
  counter: { readonly at: number; readonly bytes: number },
): Promise<Pick<SeenLock, 'pid' | 'commits'> | undefined> {
  const locks = await writeLocksOf(file);
  const lock = locks.find(({ first, last }) => first <= range.last && last >= range.first);
  // Closing a file drops all locks that the own process has on it.
  if (lock === undefined || locks.some(({ pid }) => pid === process.pid)) return undefined;
  await using handle = await open(path, 'r');
  const { buffer } = await handle.read(Buffer.alloc(counter.bytes), 0, counter.bytes, counter.at);
  return { pid: lock.pid, commits: buffer.toString('hex') };
}
