import { accessSync, closeSync, constants, openSync } from 'node:fs';
import { access, open } from 'node:fs/promises';
import { errorCode } from './error-code.ts';
import type { Path } from './files.ts';

/**
 * Fails with the system's error where a file or folder cannot be read. It opens it, as access(2) forgets
 * the capabilities by which an unprivileged agent may read. Not for a database that this process has open:
 * closing drops the locks.
 */
export function probeReadable(path: Path): void {
  closeSync(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
}

/** Makes an unnamed file in a folder, which changes nothing there, not even its time; absent in Node's constants. */
const unnamedFile = 0o20_000_000;

/** Fails with the system's error where nothing can be made or renamed in a folder. Tried, as above. */
export function probeWritableFolder(path: Path): void {
  try {
    const flags = constants.O_WRONLY | constants.O_DIRECTORY | unnamedFile;
    closeSync(openSync(path, flags, 0o600));
  } catch (error) {
    if (!withoutUnnamed.has(errorCode(error))) throw error;
    accessSync(path, constants.W_OK | constants.X_OK);
  }
}

/** The same of a folder on a share, which may hang: that holds one of Node's threads, and not the main loop. */
export async function tryWritableFolder(path: Path): Promise<void> {
  try {
    const flags = constants.O_WRONLY | constants.O_DIRECTORY | unnamedFile;
    await using _file = await open(path, flags, 0o600);
  } catch (error) {
    if (!withoutUnnamed.has(errorCode(error))) throw error;
    await access(path, constants.W_OK | constants.X_OK);
  }
}

/** File systems that have no unnamed files. */
const withoutUnnamed: ReadonlySet<string> = new Set(['EOPNOTSUPP', 'ENOTSUP', 'EISDIR', 'EINVAL']);

/** The same of a file; not of one that this process has open with locks. */
export function probeWritableFile(path: Path): void {
  closeSync(openSync(path, constants.O_RDWR | constants.O_NONBLOCK));
}
