import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { KedgeError } from '../../../protocol/failures.ts';
import { truncateFile, writeAt } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import type { PendingArchive } from '../../stores/store.ts';

/** Large enough for a disk, small enough to be cancelled in. */
const sliceBytes = 1 << 20;

/**
 * Copies a file into a pending archive and answers its SHA-256. What lies there of an earlier try is compared
 * byte by byte and only written where it differs: a power cut may have torn any of it.
 */
export async function fillCopy(
  from: string,
  pending: PendingArchive,
  work: Work,
  onBytes: (done: number, total: number) => void,
): Promise<string> {
  await using near = await open(from, 'r');
  const { size: total } = await near.stat();
  const { size: there } = await pending.file.stat();
  if (there > total) await truncateFile(pending.file, pending.path, total);
  const hash = createHash('sha256');
  const slice = Buffer.allocUnsafe(sliceBytes);
  const old = Buffer.allocUnsafe(sliceBytes);
  for (let at = 0; at < total; ) {
    work.signal.throwIfAborted();
    const bytes = slice.subarray(0, await readFull(near, slice, at));
    if (bytes.length === 0) throw cutShort(from, at, total);
    hash.update(bytes);
    const known = at < there ? old.subarray(0, await readFull(pending.file, old, at)) : undefined;
    if (known === undefined || !known.subarray(0, bytes.length).equals(bytes)) {
      await writeAt(pending.file, pending.path, bytes, at);
    }
    at += bytes.length;
    onBytes(at, total);
  }
  return hash.digest('hex');
}

async function readFull(file: FileHandle, into: Buffer, position: number): Promise<number> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}

function cutShort(path: string, at: number, total: number): KedgeError {
  const problem = `it ended at byte ${at} of ${total} while it was copied`;
  return new KedgeError('archive-damaged', { path, problem });
}
