import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, lstat, open, rename, rm, statfs, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KedgeError } from '../../protocol/failures.ts';
import { formatBytes } from '../texts/bytes.ts';

/** A file on its way here: under its partial name until it is whole. Letting go of it keeps what has come. */
export interface PartialFile extends AsyncDisposable {
  readonly path: string;
  sizeBytes(): number;
  /** Must be called before the first `append` where something is there already. */
  hashWhatIsThere(onBytes: (hashed: number) => void, signal: AbortSignal): Promise<void>;
  append(bytes: Uint8Array): Promise<void>;
  /** Of all that is there, hex. */
  sha256(): string;
  /** Empties it. */
  restart(): Promise<void>;
  discard(): Promise<void>;
  /** Makes it durable and gives it its name; fails with already-exists where that is taken meanwhile. */
  finish(final: string): Promise<void>;
}

const sliceBytes = 256 * 1024;

/** Opens, or creates, what has come of a file. */
export async function openPartialFile(path: string): Promise<PartialFile> {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
  const file = await open(path, flags, 0o600).catch((error: unknown) => {
    throw failed('write', path, error);
  });
  let { size } = await file.stat();
  let hash = createHash('sha256');
  return {
    path,
    sizeBytes: () => size,
    async hashWhatIsThere(onBytes, signal) {
      hash = await hashOf(file, size, onBytes, signal);
    },
    async append(bytes) {
      await writeAll(file, path, bytes, size);
      hash.update(bytes);
      size += bytes.length;
    },
    sha256: () => hash.copy().digest('hex'),
    async restart() {
      await file.truncate(0);
      [size, hash] = [0, createHash('sha256')];
    },
    discard: async () => await rm(path, { force: true }),
    async finish(final) {
      await file.sync();
      await takeName(path, final);
      await using folder = await open(dirname(final), 'r');
      await folder.sync();
    },
    [Symbol.asyncDispose]: async () => {
      await file.close();
      // Nothing came: there is nothing to go on with.
      if (size === 0) await rm(path, { force: true });
    },
  };
}

async function hashOf(
  file: FileHandle,
  size: number,
  onBytes: (hashed: number) => void,
  signal: AbortSignal,
): Promise<Hash> {
  const hash = createHash('sha256');
  const slice = Buffer.allocUnsafe(sliceBytes);
  for (let done = 0; done < size; ) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(slice, 0, Math.min(slice.length, size - done), done);
    if (bytesRead === 0) throw new Error('a partial file became shorter while it was read');
    hash.update(slice.subarray(0, bytesRead));
    done += bytesRead;
    onBytes(done);
  }
  return hash;
}

async function writeAll(
  file: FileHandle,
  path: string,
  bytes: Uint8Array,
  at: number,
): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file
      .write(bytes, done, bytes.length - done, at + done)
      .catch((error: unknown) => {
        throw failed('write', path, error);
      });
    done += bytesWritten;
  }
}

/** Never over another file. Not every file system has hard links: there an empty file of our own takes the name. */
async function takeName(path: string, final: string): Promise<void> {
  try {
    await link(path, final);
    await unlink(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') throw new KedgeError('already-exists', { path: final });
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code)) throw error;
    await refuseExisting(final);
    await (await open(final, 'wx')).close();
    await rename(path, final);
  }
}

/** Fails with no-space where so many more bytes do not fit beside `path`. */
export async function refuseWithoutSpace(path: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(path)).catch((error: unknown) => {
    throw failed('write', path, error);
  });
  if (bytes <= bavail * bsize) return;
  const [needed, free] = [formatBytes(bytes), formatBytes(bavail * bsize)];
  throw new KedgeError('no-space', { path: dirname(path), needed, free });
}

/** Fails with already-exists. */
export async function refuseExisting(path: string): Promise<void> {
  const found = await lstat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw failed('write', path, error);
  });
  if (found !== undefined) throw new KedgeError('already-exists', { path });
}

function failed(operation: string, path: string, error: unknown): KedgeError {
  const cause = error instanceof Error ? error.message : String(error);
  return new KedgeError('io-failed', { operation, path, cause }, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
