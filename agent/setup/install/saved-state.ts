import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder, removeFile, removeTree, rename } from '../../os/files.ts';
import { holdFolder } from '../../os/own-folder.ts';
import { syncFileSystem } from '../../os/sync-tree.ts';
import { isGuarded } from '../../restore/guard.ts';
import { copyExactly } from './copy-tree.ts';

/** Worth nothing without the process that had them. */
const passing = new Set(['scratch', 'locks', 'kedge.lock', 'kedge.pid']);
const besideDatabases = ['-wal', '-shm', '-journal'];

/** Copies the state of a daemon that does not run; the copy of the time before goes. For root alone to read. */
export async function saveState(state: string, saved: string): Promise<void> {
  const beside = `${saved}.new`;
  await using _held = await holdFolder(state);
  await removeTree(beside);
  await makeFolder(beside, 0o700);
  for (const name of await kept(state)) await copyExactly(join(state, name), join(beside, name));
  await syncFileSystem(beside);
  await removeTree(saved);
  await rename(beside, saved);
}

/**
 * Puts the copy back, entry by entry; it stays for a second try. Not where data is or was half exchanged: then the
 * newer journal alone knows how to put that right, or that it was put right.
 */
export async function restoreState(saved: string, state: string): Promise<void> {
  if (isGuarded(saved) || isGuarded(state)) return;
  await using _held = await holdFolder(state);
  for (const name of await kept(saved)) {
    const [target, beside] = [join(state, name), join(state, `.kedge-restored-${name}`)];
    await removeTree(beside);
    await copyExactly(join(saved, name), beside);
    // They belong to the database that goes, and would be taken for those of the one that comes.
    for (const ending of besideDatabases) await removeFile(target + ending);
    await removeTree(target);
    await rename(beside, target);
  }
  await syncFileSystem(state);
}

async function kept(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => !passing.has(name));
  // A database before what lies beside it, which is removed with it.
  return names.toSorted();
}
