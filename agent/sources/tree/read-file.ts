import { type BigIntStats, constants, fstatSync, openSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import type { BlockPool } from '../../archive/block-pool.ts';
import { errorCode } from '../../os/error-code.ts';
import { closeUnlessHeld } from '../../os/held-files.ts';
import { readAhead } from './read-ahead.ts';

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

/**
 * Reads a file whole into a buffer of `smallFileBytes`; one that changes meanwhile is read again, and is
 * `restless` after three tries.
 */
export function readSmallFile(path: Buffer, buffer: Buffer): SmallFile {
  let last: SmallFile = { kind: 'not-a-file' };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    last = readOnce(path, buffer);
    if (last.kind !== 'restless') return last;
  }
  return last;
}

function readOnce(path: Buffer, buffer: Buffer): SmallFile {
  const file = openSync(path, openFlags);
  try {
    const stat = fstatSync(file, { bigint: true });
    if (!stat.isFile()) return { kind: 'not-a-file' };
    if (stat.size >= smallFileBytes) return { kind: 'large' };
    // One byte more than expected tells a file that grew from one that did not.
    const bytes = buffer.subarray(0, Number(stat.size) + 1);
    const length = readUpTo(file, bytes);
    const settled = length === Number(stat.size) && isSame(stat, fstatSync(file, { bigint: true }));
    const content = bytes.subarray(0, Math.min(length, Number(stat.size)));
    return { kind: settled ? 'read' : 'restless', stat, content };
  } finally {
    closeUnlessHeld(file);
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

/** A file open for reading. */
export interface OpenedFile extends Disposable {
  readonly descriptor: number;
}

export function openLargeFile(path: Buffer): OpenedFile {
  const descriptor = openSync(path, openFlags);
  return { descriptor, [Symbol.dispose]: () => closeUnlessHeld(descriptor) };
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

const readAsync = promisify(read);

/**
 * Exactly `sizeBytes` of a file in blocks of 1 MiB, as `readAhead` yields them: what lies beyond
 * is cut, what is not there any more or cannot be read is zeros, because the size stands in the header that
 * was already written.
 */
export function streamExactly(
  descriptor: number,
  sizeBytes: number,
  reading: Reading,
  lent?: BlockPool,
): AsyncGenerator<Uint8Array, void, undefined> {
  const fill = (block: Buffer, at: number) => fillFrom(descriptor, block, at, reading);
  return readAhead(sizeBytes, fill, lent);
}

/** Reads a block; zeros from where that failed, and all zeros after it. */
export async function fillFrom(
  descriptor: number,
  block: Buffer,
  position: number,
  reading: Reading,
): Promise<void> {
  let done = 0;
  try {
    while (done < block.length && !reading.short) {
      const left = block.length - done;
      const { bytesRead } = await readAsync(descriptor, block, done, left, position + done);
      if (bytesRead === 0) reading.short = true;
      done += bytesRead;
    }
  } catch (error) {
    noteFailure(reading, error);
  }
  block.fill(0, done);
}

export function noteFailure(reading: Reading, error: unknown): void {
  if (errorCode(error) === '') throw error;
  reading.short = true;
  reading.error = error;
}
