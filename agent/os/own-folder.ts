import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { beforeOperation } from './faults.ts';

const folderItself = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

interface FolderOwner {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Gives a folder to a user, and nothing but what lies at exactly this path: whoever may write above it could put
 * a link in its place at any moment, which chown would follow. `path` has no links in it.
 */
export async function giveFolder(path: string, owner: FolderOwner): Promise<void> {
  beforeOperation('owner', path);
  await using folder = await fs.open(path, folderItself);
  const real = await fs.readlink(`/proc/self/fd/${folder.fd}`);
  if (real !== path) throw new Error(`a link leads to "${real}"`);
  await setOwner(folder, owner);
}

/**
 * Keeps everybody but this process' user out of a folder until disposal gives it back. What is copied or removed
 * below it by root can't be exchanged for links meanwhile by who owns it. Cut off, systemd gives a state folder back
 * to its unit's user at the next start.
 */
export async function holdFolder(path: string): Promise<AsyncDisposable> {
  beforeOperation('owner', path);
  const folder = await fs.open(path, folderItself);
  try {
    const { mode, uid, gid } = await folder.stat();
    await setOwner(folder, { mode: 0o700, uid: process.geteuid?.() ?? uid, gid });
    return {
      async [Symbol.asyncDispose]() {
        await using _closed = folder;
        // One that was removed meanwhile belongs to nobody.
        if ((await folder.stat()).nlink > 0)
          await setOwner(folder, { mode: mode & 0o7777, uid, gid });
      },
    };
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/** Mode last: a change of owner clears bits of it. */
async function setOwner(folder: fs.FileHandle, { mode, uid, gid }: FolderOwner): Promise<void> {
  await folder.chown(uid, gid);
  await folder.chmod(mode);
}
