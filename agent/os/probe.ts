import { closeSync, constants, openSync } from 'node:fs';
import type { Path } from './files.ts';

/**
 * Fails with the system's error where a file or folder cannot be read. It opens it, as access(2) forgets
 * the capabilities by which an unprivileged agent may read. Not for a database that this process has open:
 * closing drops the locks.
 */
export function probeReadable(path: Path): void {
  closeSync(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
}
