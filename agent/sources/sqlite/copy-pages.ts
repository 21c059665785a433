import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { KedgeError } from '../../../protocol/failures.ts';
import { errorCode } from '../../os/error-code.ts';
import { beforeOperation } from '../../os/faults.ts';
import { syncFolder } from '../../os/files.ts';
import { syncPath } from '../../os/sync-tree.ts';
import { connect } from './connect.ts';

/** A client that holds a lock longer than this while services are down is named and the copy given up. */
export const lockDeadlineMs = 30_000;
const pollMs = 20;
const allPages = 2 ** 31 - 1;

/**
 * Copies all pages of the database file `from` into the database file `to` through the backup API,
 * in one transaction of `to`: a crash at any moment leaves its old or its new content, and processes
 * that have it open see the change as a commit. Afterwards all is in the file itself, durably.
 */
export async function copyPages(from: string, to: string, signal: AbortSignal): Promise<void> {
  beforeOperation('sqlite copy', to);
  {
    using source = connect(from, { readonly: true });
    await copyWhenFree(source.database, to, signal, () => true);
  }
  await settleDatabase(to);
}

/** Takes what the -wal holds into the file and makes both durable. */
export async function settleDatabase(path: string): Promise<void> {
  beforeOperation('sqlite checkpoint', path);
  {
    using live = connect(path, { fileMustExist: true, timeout: 1000 });
    checkpoint(live.database);
  }
  // After closing: closing any descriptor of a database file drops the locks this process holds on it.
  await syncPath(path);
  await syncPath(`${path}-wal`).catch(ignoreMissing);
  await syncFolder(dirname(path));
}

/** A client's open transaction makes it incomplete or refuses it, which harms nothing: the files are synced after it. */
function checkpoint(database: Database.Database): void {
  try {
    database.pragma('synchronous = full');
    database.pragma('wal_checkpoint(truncate)');
  } catch (error) {
    if (!errorCode(error).startsWith('SQLITE_BUSY')) throw error;
  }
}

/**
 * Waits for the write lock of `to` and copies all in one step. `onLocked` is asked once it is held and
 * nothing is written yet; false from it lets go again, and the answer is false.
 */
export async function copyWhenFree(
  source: Database.Database,
  to: string,
  signal: AbortSignal,
  onLocked: () => boolean,
): Promise<boolean> {
  const deadline = performance.now() + lockDeadlineMs;
  for (;;) {
    const outcome = await copyOnce(source, to, onLocked);
    if (outcome !== 'locked') return outcome === 'copied';
    if (performance.now() > deadline) throw lockedFor(to);
    await pause(pollMs, undefined, { signal });
  }
}

class Declined extends Error {}

/**
 * `locked`: another process holds a lock on `to`. better-sqlite3 13 answers that like success, with 0
 * pages, when it meets it in the first step; in that step the write lock is taken and kept to the end.
 */
async function copyOnce(
  source: Database.Database,
  to: string,
  onLocked: () => boolean,
): Promise<'copied' | 'locked' | 'declined'> {
  try {
    const { totalPages } = await source.backup(to, {
      progress: () => {
        if (!onLocked()) throw new Declined();
        return allPages;
      },
    });
    return totalPages > 0 ? 'copied' : 'locked';
  } catch (error) {
    if (error instanceof Declined) return 'declined';
    throw error;
  }
}

export function lockedFor(path: string): KedgeError {
  return new KedgeError('timed-out', {
    what: `waiting for other programs to let go of "${path}"`,
    seconds: lockDeadlineMs / 1000,
  });
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Bytes in the file and in what stands beside it waiting to be taken in. */
export async function databaseBytes(path: string): Promise<number> {
  const sizes = await Promise.all(
    [path, `${path}-wal`].map(
      async (file) =>
        await stat(file).then(
          ({ size }) => size,
          () => 0,
        ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
