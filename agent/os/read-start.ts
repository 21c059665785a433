import { closeSync, openSync, readSync } from 'node:fs';

/** The first bytes of a file; what it does not have is 0. Not of one that this process has open with locks. */
export function readStart(path: string, bytes: number): Uint8Array {
  const start = new Uint8Array(bytes);
  const file = openSync(path, 'r');
  try {
    readSync(file, start, 0, bytes, 0);
    return start;
  } finally {
    closeSync(file);
  }
}
