import { open, stat } from 'node:fs/promises';
import { hashFile } from '../../os/hash-file.ts';
import { copyPages, settleDatabase } from './copy-pages.ts';

const never = new AbortController().signal;

interface Overwriting {
  readonly incoming: string;
  readonly live: string;
  /** SHA-256 of `live` before; absent: a client kept it from being told. */
  readonly was?: string | undefined;
}

/**
 * The pages of a live database go and nothing of them is kept. One transaction: what fails or dies in it leaves
 * the old pages. May be repeated from `incoming` until it is through.
 */
export async function overwritePages(
  { incoming, live }: Overwriting,
  signal: AbortSignal,
): Promise<void> {
  await copyPages(incoming, live, signal);
}

/** Whether the transaction never came to its end, durably. What can't be told counts as changed. */
export async function isUntouched({ live, was }: Overwriting): Promise<boolean> {
  return was !== undefined && (await settledHash(live)) === was;
}

/**
 * SHA-256 of a database file that is all of the database, durably; undefined while a client's transaction keeps
 * something beside it: a commit whose end could not be written may still lie there, and come in later.
 */
export async function settledHash(path: string): Promise<string | undefined> {
  await settleDatabase(path);
  for (const beside of [`${path}-wal`, `${path}-journal`]) {
    if ((await sizeOf(beside)) > 0) return undefined;
  }
  await using file = await open(path, 'r');
  return await hashFile(file, never);
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}
