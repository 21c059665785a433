import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeFile, syncFolder, writeFileAtomic } from '../os/files.ts';

/**
 * The marker that keeps a half-swapped application from starting: there from before the first swap
 * until all of it is swapped or back. Service managers ask it before every start.
 */
export function guardPath(stateFolder: string): string {
  return join(stateFolder, 'guard');
}

export function isGuarded(stateFolder: string): boolean {
  return existsSync(guardPath(stateFolder));
}

/** `reason` is for the admin who finds the file. */
export async function setGuard(stateFolder: string, reason: string): Promise<void> {
  await writeFileAtomic(guardPath(stateFolder), `${reason}\n`, 0o644);
}

export async function clearGuard(stateFolder: string): Promise<void> {
  const path = guardPath(stateFolder);
  await removeFile(path);
  await syncFolder(dirname(path));
}
