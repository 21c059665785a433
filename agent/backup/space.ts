import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KedgeError } from '../../protocol/failures.ts';
import { errorCode, errorMessage } from '../os/error-code.ts';
import { filesLeftOf, largestFileOn, spaceOf } from '../os/files.ts';
import { wordBytes } from '../os/word-bytes.ts';

/** Without a full to learn from: business data packs to about a half. */
const ratioUnknown = 0.5;
/** README, configuration, index and sums of a small backup. */
const overheadBytes = 64 * 1024;

/** What an archive of so much content is expected to take. */
export function expectedArchiveBytes(contentBytes: number, lastRatio: number | undefined): number {
  return Math.ceil(contentBytes * (lastRatio ?? ratioUnknown)) + overheadBytes;
}

export interface SpaceNeed {
  readonly folder: string;
  readonly bytes: number;
}

/** Fails with no-space where a file system has less than what all needs on it come to. */
export async function refuseWithoutSpace(needs: readonly SpaceNeed[]): Promise<void> {
  const byDevice = new Map<number, SpaceNeed>();
  for (const { folder, bytes } of needs) {
    const { dev } = await stat(folder);
    const before = byDevice.get(dev);
    byDevice.set(dev, { folder: before?.folder ?? folder, bytes: (before?.bytes ?? 0) + bytes });
  }
  for (const { folder, bytes } of byDevice.values()) {
    const { freeBytes } = await spaceOf(folder);
    if (bytes > freeBytes) {
      const { failure } = noSpace(folder, wordBytes(bytes), freeBytes);
      // Whether emptying the trash is of any use.
      throw new KedgeError('no-space', { ...failure.params, missingBytes: bytes - freeBytes });
    }
  }
}

/** Fails with file-too-large where no file of so many bytes can be there. `what`: which one, in words. */
export function refuseTooLarge(
  { folder, maxFileBytes }: { readonly folder: string; readonly maxFileBytes?: number | undefined },
  bytes: number,
  what: string,
): void {
  if (maxFileBytes === undefined || bytes <= maxFileBytes) return;
  const [limit, size] = [wordBytes(maxFileBytes), wordBytes(bytes)];
  throw new KedgeError('file-too-large', { path: folder, limit, what, size });
}

/** The failure that a full disk met while writing is; any other error stays what it is. */
export async function namingSpace(
  error: unknown,
  folder: string,
  writtenBytes: number,
): Promise<unknown> {
  if (errorCode(error) === 'EFBIG') {
    const limit = (await largestFileOn(folder)) ?? writtenBytes;
    const params = { path: folder, limit: wordBytes(limit), what: 'this one', size: 'more' };
    return new KedgeError('file-too-large', params, { cause: error });
  }
  if (!fullDisk.has(errorCode(error))) return error;
  const { freeBytes } = await spaceOf(folder);
  const files = await filesLeftOf(folder);
  if (files?.free === 0) return noFiles(folder, files.total, freeBytes, error);
  // What was written is removed again, so it counts as free.
  const needed = writtenBytes === 0 ? 'more' : `more than ${wordBytes(writtenBytes)}`;
  return noSpace(folder, needed, freeBytes + writtenBytes, error);
}

/** Room for bytes is there, but none for one more file. */
function noFiles(path: string, total: number, freeBytes: number, cause: unknown): KedgeError {
  const free = `0 of ${total} files (${wordBytes(freeBytes)})`;
  return new KedgeError('no-space', { path, needed: 'room for one more file', free }, { cause });
}

const fullDisk: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);

function noSpace(path: string, needed: string, freeBytes: number, cause?: unknown): KedgeError {
  return new KedgeError('no-space', { path, needed, free: wordBytes(freeBytes) }, { cause });
}

/** A system error that nobody has put into words: what could not be done to which file, and why. */
export async function namingSystemError(error: unknown): Promise<unknown> {
  const { path, syscall } = placeOf(error);
  if (path === undefined || syscall === undefined) return error;
  // The file may not be there, and its folder neither.
  const named = await namingSpace(error, dirname(path), 0).catch(() => error);
  if (named !== error) return named;
  const operation = operations[syscall] ?? syscall;
  // Behind the comma Node repeats call and path.
  const cause = errorMessage(error).replace(/,[^,]*$/, '');
  return new KedgeError('io-failed', { operation, path, cause }, { cause: error });
}

const operations: Readonly<Record<string, string>> = {
  open: 'open',
  read: 'read',
  write: 'write to',
  fsync: 'write to',
  link: 'name',
  rename: 'rename',
  unlink: 'remove',
  mkdir: 'create the folder',
  lock: 'lock',
};

function placeOf(error: unknown): { readonly path?: string; readonly syscall?: string } {
  if (!(error instanceof Error) || !('syscall' in error) || !('path' in error)) return {};
  return { path: String(error.path), syscall: String(error.syscall) };
}
