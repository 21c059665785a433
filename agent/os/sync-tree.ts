import { execFile } from 'node:child_process';
import { open, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { KedgeError } from '../../protocol/failures.ts';
import { beforeOperation } from './faults.ts';

const run = promisify(execFile);

/**
 * Makes all that was written on the file system of `path` durable: one syncfs for a whole tree,
 * where an fsync of each of 3,000 files would cost seconds. Node has no call for it; coreutils has.
 */
export async function syncFileSystem(path: string): Promise<void> {
  beforeOperation('sync', path);
  await run('sync', ['--file-system', '--', path]).catch((cause: unknown) => {
    throw new KedgeError(
      'io-failed',
      { operation: 'make durable', path, cause: String(cause) },
      { cause },
    );
  });
}

/** The same for several paths, once for each file system. */
export async function syncFileSystems(paths: readonly string[]): Promise<void> {
  const devices = new Set<number>();
  for (const path of paths) {
    const { dev } = await stat(path);
    if (!devices.has(dev)) await syncFileSystem(path);
    devices.add(dev);
  }
}

/** fsync of one file or folder by its path. */
export async function syncPath(path: string): Promise<void> {
  beforeOperation('fsync', path);
  await using file = await open(path, 'r');
  await file.sync();
}
