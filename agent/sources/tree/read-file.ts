import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { errorCode } from '../../os/error-code.ts';

/** Files below this are read whole before their header is written. */
export const smallFileBytes = 1024 * 1024;

// NONBLOCK: a file that became a FIFO since it was listed must not hang the backup.
const openFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const attempts = 3;

export type SmallFile =
  | { readonly kind: 'read'; readonly stat: BigIntStats; readonly content: Buffer }
  | { readonly kind: 'restless'; readonly stat: BigIntStats; readonly content: Buffer }
  | { readonly kind: 'large' }
  | { readonly kind: 'not-a-file' };

/** Reads a file whole; one that changes meanwhile is read again, and `restless` after three tries. */
export function readSmallFile(path: Buffer): SmallFile {
  let last: SmallFile = { kind: 'not-a-file' };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    last = readOnce(path);
    if (last.kind !== 'restless') return last;
  }
  return last;
}

function readOnce(path: Buffer): SmallFile {
  const file = openSync(path, openFlags);
  try {
    const stat = fstatSync(file, { bigint: true });
    if (!stat.isFile()) return { kind: 'not-a-file' };
    if (stat.size >= smallFileBytes) return { kind: 'large' };
    // One byte more than expected tells a file that grew from one that did not.
    const bytes = Buffer.allocUnsafeSlow(Number(stat.size) + 1);
    const length = readUpTo(file, bytes);
    const settled = length === Number(stat.size) && isSame(stat, fstatSync(file, { bigint: true }));
    const content = bytes.subarray(0, Math.min(length, Number(stat.size)));
    return { kind: settled ? 'read' : 'restless', stat, content };
  } finally {
    closeSync(file);
  }
}

function readUpTo(file: number, bytes: Buffer): number {
  let done = 0;
  while (done < bytes.length) {
    const count = readSync(file, bytes, done, bytes.length - done, done);
    if (count === 0) return done;
    done += count;
  }
  return done;
}

export async function openLargeFile(path: Buffer): Promise<FileHandle> {
  return await open(path, openFlags);
}

/** Whether nothing was written in between; ctime catches writers that put the mtime back. */
export function isSame(before: BigIntStats, after: BigIntStats): boolean {
  return (
    before.size === after.size &&
    before.mtimeNs === after.mtimeNs &&
    before.ctimeNs === after.ctimeNs
  );
}

/** How the reading of an announced size went. */
export interface Reading {
  short: boolean;
  error?: unknown;
}

/**
 * Exactly `sizeBytes` of a file in blocks of 1 MiB: what lies beyond is cut, what is not there any more or
 * cannot be read is zeros, because the size stands in the header that was already written.
 */
export async function* streamExactly(
  file: FileHandle,
  sizeBytes: number,
  reading: Reading,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let position = 0; position < sizeBytes; position += smallFileBytes) {
    const block = Buffer.alloc(Math.min(smallFileBytes, sizeBytes - position));
    await fill(file, block, position, reading);
    yield block;
  }
}

async function fill(
  file: FileHandle,
  block: Buffer,
  position: number,
  reading: Reading,
): Promise<void> {
  let done = 0;
  while (done < block.length && !reading.short) {
    try {
      const { bytesRead } = await file.read(block, done, block.length - done, position + done);
      if (bytesRead === 0) reading.short = true;
      done += bytesRead;
    } catch (error) {
      if (errorCode(error) === '') throw error;
      reading.short = true;
      reading.error = error;
    }
  }
}
