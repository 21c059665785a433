import { lstat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exists } from '../../os/files.ts';
import { giveAway } from '../../os/make-owned-file.ts';
import { breather } from '../tree/breathe.ts';
import { walk } from '../tree/walk.ts';
import type { FolderUser } from './server-kind.ts';

export async function userOf(folder: string): Promise<FolderUser> {
  const { uid, gid } = await lstat(folder);
  return { uid, gid };
}

/**
 * To whom a copy is to belong: to whom the live folder does, which is this machine's own choice. Where there is none, or
 * it is root's, the archive says it. Undefined where that is root too: as root no server runs on what an archive holds.
 */
export async function ownerFor(live: string, unpacked: string): Promise<FolderUser | undefined> {
  const owners = [...((await exists(live)) ? [await userOf(live)] : []), await userOf(unpacked)];
  return owners.find((owner) => runnerFor(owner).uid !== 0);
}

/** Root becomes whom the folder belongs to; anybody else can only be himself. */
export function runnerFor(owner: FolderUser): FolderUser {
  const own = { uid: process.geteuid?.() ?? owner.uid, gid: process.getegid?.() ?? owner.gid };
  return own.uid === 0 ? owner : own;
}

/** Whether all folders from the root of the file system on let the user through. */
export async function reaches({ uid, gid }: FolderUser, folder: string): Promise<boolean> {
  const stat = await lstat(folder);
  const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
  if ((stat.mode & bit) === 0) return false;
  return folder === '/' || (await reaches({ uid, gid }, dirname(folder)));
}

/** The folder and all below it; what belongs to the user already is not touched. */
export async function giveTree(
  folder: string,
  user: FolderUser,
  signal: AbortSignal,
): Promise<void> {
  const breathe = breather(signal);
  for (const found of walk(Buffer.from(folder), () => false)) {
    await breathe();
    if (found.kind === 'problem') {
      throw new Error(`"${folder}/${found.relative.toString()}": ${found.reason}`);
    }
    const { path, stat } = found;
    if (Number(stat.uid) !== user.uid || Number(stat.gid) !== user.gid) giveAway(path, user);
  }
}
