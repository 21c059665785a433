import { stat } from 'node:fs/promises';
import { errorCode } from '../../os/error-code.ts';
import { copyFile, exists, removeFile } from '../../os/files.ts';
import { isSame } from '../tree/read-file.ts';

/**
 * Whether SQLite refused to open a database only because it may not put a -wal and a -shm beside it. One
 * in WAL mode that nobody has open has neither, and is then all in its file.
 */
export async function isAtRest(path: string, error: unknown): Promise<boolean> {
  return /^SQLITE_(READONLY|CANTOPEN)/.test(errorCode(error)) && !(await hasCompanions(path));
}

/** Copies the file of a database at rest; false where somebody opened or changed it meanwhile. */
export async function copyAtRest(path: string, copy: string): Promise<boolean> {
  const before = await stat(path, { bigint: true });
  await copyFile(path, copy);
  const after = await stat(path, { bigint: true });
  if (isSame(before, after) && !(await hasCompanions(path))) return true;
  await removeFile(copy);
  return false;
}

async function hasCompanions(path: string): Promise<boolean> {
  return (await exists(`${path}-wal`)) || (await exists(`${path}-journal`));
}
