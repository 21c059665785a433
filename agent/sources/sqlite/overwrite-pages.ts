import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { KedgeError } from '../../../protocol/failures.ts';
import { errorCode } from '../../os/error-code.ts';
import { exists } from '../../os/files.ts';
import { hashFile } from '../../os/hash-file.ts';
import { findOpeners } from '../../os/open-files.ts';
import { connect } from './connect.ts';
import { copyPages, settleDatabase } from './copy-pages.ts';

const never = new AbortController().signal;

interface Overwriting {
  readonly incoming: string;
  readonly live: string;
  /** SHA-256 of `live` before. */
  readonly was: string;
}

/**
 * The pages of a live database go and nothing of them is kept. One transaction: what fails or dies in it leaves
 * the old pages, and `timed-out` says that it was never begun. May be repeated from `incoming` until it is through.
 */
export async function overwritePages(
  { incoming, live }: Overwriting,
  signal: AbortSignal,
): Promise<void> {
  if (!(await exists(incoming))) {
    const cause = 'what was unpacked is not there';
    throw new KedgeError('io-failed', {
      operation: 'overwrite the database',
      path: incoming,
      cause,
    });
  }
  await copyPages(incoming, live, signal);
}

/** Whether the transaction never came to its end, durably. What can't be told counts as changed. */
export async function isUntouched({ live, was }: Overwriting): Promise<boolean> {
  return (await settledHash(live)) === was;
}

/** A client that writes all the time leaves a moment between; one that holds a transaction is named after this. */
const settleWithinMs = 3_000;
const pollMs = 50;

/** SHA-256 of a database file that is all of the database, durably. */
export async function hashWhenSettled(path: string, signal: AbortSignal): Promise<string> {
  const deadline = performance.now() + settleWithinMs;
  for (;;) {
    const found = await settledHash(path);
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw await heldOpen(path);
    await pause(pollMs, undefined, { signal });
  }
}

async function heldOpen(path: string): Promise<KedgeError> {
  const [first] = await findOpeners([path, `${path}-wal`]);
  const who = first === undefined ? 'another program' : `${first.program} (pid ${first.pid})`;
  const why = `${who} has a transaction open in it, and without an undo nobody may`;
  return new KedgeError('busy', { what: `overwriting the database "${path}"`, why });
}

/** Undefined while something stands beside it that may still come in: a commit, or the way back from one. */
async function settledHash(path: string): Promise<string | undefined> {
  if (!(await isSettled(path))) return undefined;
  await using file = await open(path, 'r');
  return await hashFile(file, never);
}

async function isSettled(path: string): Promise<boolean> {
  try {
    using file = connect(path, { fileMustExist: true, timeout: 1000 });
    // A journal that a crash left is only rolled back by who reads.
    file.database.pragma('schema_version');
  } catch (error) {
    if (!errorCode(error).startsWith('SQLITE_BUSY')) throw error;
    return false;
  }
  await settleDatabase(path);
  const isEmpty = (await startOf(`${path}-wal`, 1)).length === 0;
  return isEmpty && !(await startOf(`${path}-journal`, journalMagic.length)).equals(journalMagic);
}

/** In journal mode PERSIST one that is through lies there with zeros. Source: sqlite.org/fileformat2.html 3. */
const journalMagic = Buffer.from('d9d505f920a163d7', 'hex');

async function startOf(path: string, length: number): Promise<Buffer> {
  try {
    await using file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
