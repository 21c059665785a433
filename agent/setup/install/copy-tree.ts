import { constants } from 'node:fs';
import { chmod, lstat, open, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setMetadata } from '../../os/entry-metadata.ts';
import { copyFile, exists, makeFolder, removeTree, rename } from '../../os/files.ts';
import { makeSymlink } from '../../os/make-entries.ts';
import { syncFileSystem } from '../../os/sync-tree.ts';

/** Copies a program's folder, for all to read and for root to write; it has its name only when it is whole. */
export async function copyProgram(from: string, to: string): Promise<void> {
  const [beside, before] = [`${to}.new`, `${to}.old`];
  await removeTree(beside);
  await copyOpen(from, beside);
  await syncFileSystem(beside);
  await removeTree(before);
  if (await exists(to)) await rename(to, before);
  await rename(beside, to);
  await removeTree(before);
}

async function copyOpen(from: string, to: string): Promise<void> {
  await makeFolder(to, 0o755);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyOpen(source, target);
    else if (entry.isSymbolicLink()) await makeSymlink(await readlink(source), target);
    else if (entry.isFile()) {
      await copyFile(source, target);
      const { mode } = await lstat(source);
      await chmod(target, (mode & 0o100) === 0 ? 0o644 : 0o755);
    }
  }
}

/** Copies a file or a tree with owners, modes and times. Sockets and fifos are left out. */
export async function copyExactly(from: string, to: string): Promise<void> {
  const facts = await lstat(from, { bigint: true });
  if (facts.isSymbolicLink()) return await makeSymlink(await readlink(from), to);
  if (!facts.isFile() && !facts.isDirectory()) return;
  if (facts.isFile()) await copyItself(from, to);
  else {
    await makeFolder(to, 0o700);
    for (const name of await readdir(from)) await copyExactly(join(from, name), join(to, name));
  }
  await setMetadata(to, facts.isFile() ? 'file' : 'directory', {
    uid: Number(facts.uid),
    gid: Number(facts.gid),
    mode: Number(facts.mode & 0o7777n),
    mtimeNs: facts.mtimeNs,
  });
}

/** By its handle: whoever owns the folder may have put a link in its place since it was looked at. */
async function copyItself(from: string, to: string): Promise<void> {
  await using file = await open(from, constants.O_RDONLY | constants.O_NOFOLLOW);
  await copyFile(`/proc/self/fd/${file.fd}`, to);
}
