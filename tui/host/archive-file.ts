import { createHash, hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { KedgeError } from '../../protocol/failures.ts';

/** A file to be sent: read in order, hashed as it is read. */
export interface ArchiveFile extends AsyncDisposable {
  readonly name: string;
  readonly sizeBytes: number;
  /** Names the content, as an archive's end holds the hashes of all that is in it. 32 hex digits. */
  readonly key: string;
  /** Fills it all, from `offset`. */
  read(offset: number, into: Uint8Array): Promise<void>;
  /** Hashes what is sent already, and need not be read for sending. */
  hashUpTo(offset: number, signal: AbortSignal): Promise<void>;
  /** Of all that was read, hex. */
  sha256(): string;
}

const endBytes = 64 * 1024;
const sliceBytes = 256 * 1024;

export async function openArchiveFile(path: string): Promise<ArchiveFile> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  await using opened = new AsyncDisposableStack();
  opened.use(file);
  const stats = await file.stat();
  if (!stats.isFile()) throw unreadable(path, new Error('it is not a file'));
  const { size } = stats;
  if (size === 0) throw new KedgeError('archive-not-ours', { path, problem: 'it is empty' });

  const whole = createHash('sha256');
  let hashed = 0;
  const fill = async (offset: number, into: Uint8Array): Promise<void> => {
    for (let done = 0; done < into.length; ) {
      const place = offset + done;
      const { bytesRead } = await file.read(into, done, into.length - done, place);
      if (bytesRead === 0) throw unreadable(path, new Error('it has become shorter'));
      done += bytesRead;
    }
  };
  const read = async (offset: number, into: Uint8Array): Promise<void> => {
    await fill(offset, into);
    // What is sent once more after a cut was hashed before.
    if (offset + into.length <= hashed) return;
    whole.update(into.subarray(hashed - offset));
    hashed = offset + into.length;
  };
  const end = Buffer.alloc(Math.min(size, endBytes));
  await fill(size - end.length, end);
  const held = opened.move();
  return {
    name: basename(path),
    sizeBytes: size,
    key: hash('sha256', Buffer.concat([Buffer.from(`${size}:`), end])).slice(0, 32),
    read,
    async hashUpTo(offset, signal) {
      const slice = Buffer.allocUnsafe(sliceBytes);
      while (hashed < offset) {
        signal.throwIfAborted();
        await read(hashed, slice.subarray(0, Math.min(slice.length, offset - hashed)));
      }
    },
    sha256: () => whole.copy().digest('hex'),
    [Symbol.asyncDispose]: async () => await held.disposeAsync(),
  };
}

function unreadable(path: string, error: unknown): KedgeError {
  const cause = error instanceof Error ? error.message : String(error);
  return new KedgeError('io-failed', { operation: 'read', path, cause }, { cause: error });
}
