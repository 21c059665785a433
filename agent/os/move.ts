import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import { KedgeError } from '../../protocol/failures.ts';
import { exists, rename, syncFolder } from './files.ts';

/** A rename that can be asked later whether it happened. Both paths on one file system. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** The inode as decimal digits. The device number is no part: it may change with a boot. */
export async function inodeOf(path: string): Promise<string | undefined> {
  if (!(await exists(path))) return undefined;
  return String((await fs.lstat(path, { bigint: true })).ino);
}

/** Where the thing with this inode is now, as far as the two names tell. */
export async function isMoved(move: Move, inode: string): Promise<boolean> {
  const [from, to] = [await inodeOf(move.from), await inodeOf(move.to)];
  if (to === inode) return true;
  if (from === inode) return false;
  throw new KedgeError('io-failed', {
    operation: 'find what was moved from',
    path: move.from,
    cause: `it is neither there nor at "${move.to}"`,
  });
}

/** Renames durably; fails where the new name is taken. */
export async function moveDurably(move: Move): Promise<void> {
  if (await exists(move.to)) throw new KedgeError('already-exists', { path: move.to });
  await rename(move.from, move.to);
  await syncFolder(dirname(move.to));
  if (dirname(move.from) !== dirname(move.to)) await syncFolder(dirname(move.from));
}
