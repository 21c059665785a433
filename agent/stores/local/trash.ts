import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isArchiveName, splitArchiveName } from '../../archive/archive-suffix.ts';
import { errorCode } from '../../os/error-code.ts';
import {
  exists,
  makeFolderDurably,
  removeFile,
  rename,
  renameExclusive,
  syncFolder,
} from '../../os/files.ts';
import { removeEmptyFolder } from '../../os/make-entries.ts';
import type { DiscardedArchive } from '../store.ts';

/** Beside the archives, so that a rename is all it takes; each moment of deletion has a folder of its own in it. */
const trashName = '.kedge-trash';

/**
 * Renames an archive into the trash under the name it has, durably; the folder tells when. A crash leaves it in
 * one of the two places. Answers where it lies then; undefined: it is gone already.
 */
export async function discardInFolder(path: string, nowMs: number): Promise<string | undefined> {
  if (!(await exists(path))) return undefined;
  const folder = await freeFolder(join(dirname(path), trashName), nowMs, basename(path));
  await makeFolderDurably(folder);
  const discarded = join(folder, basename(path));
  await rename(path, discarded);
  // The new name first: without power in between it is in one of the two, or in both.
  await syncFolder(folder);
  await syncFolder(dirname(path));
  return discarded;
}

/**
 * All that lies in the trash of a store folder, newest deletion first. A second name of what lies in the store is
 * left out: a crash in the middle of a rename leaves it.
 */
export async function listDiscarded(folder: string): Promise<readonly DiscardedArchive[]> {
  const found = [];
  for (const moment of await namesIn(join(folder, trashName))) {
    found.push(...(await filesOf(join(folder, trashName, moment))));
  }
  const isLinked = found.some(({ nlink }) => nlink > 1);
  const inStore = isLinked ? await inodesIn(folder) : new Set<number>();
  return found
    .filter(({ ino }) => !inStore.has(ino))
    .map(({ nlink: _, ino: __, ...archive }) => archive)
    .toSorted((a, b) => b.discardedAtMs - a.discardedAtMs || (a.name < b.name ? -1 : 1));
}

async function filesOf(moment: string) {
  const discardedAtMs = momentOf(basename(moment));
  if (discardedAtMs === undefined) return [];
  const found = [];
  for (const name of (await namesIn(moment)).filter(isArchiveName)) {
    const path = join(moment, name);
    const stats = await statOf(path);
    if (stats === undefined || !stats.isFile() || stats.size === 0) continue;
    const { size: sizeBytes, mtimeMs: modifiedMs, nlink, ino } = stats;
    found.push({ name, path, sizeBytes, modifiedMs, discardedAtMs, nlink, ino });
  }
  return found;
}

/** Renames one back beside the others, durably: `-2`, `-3` where its name is taken. Answers where it lies then. */
export async function bringBackToFolder(discarded: string): Promise<string> {
  const folder = dirname(dirname(dirname(discarded)));
  const { stem, suffix } = splitArchiveName(basename(discarded));
  for (let count = 1; ; count += 1) {
    const path = join(folder, count === 1 ? `${stem}${suffix}` : `${stem}-${count}${suffix}`);
    if (await isSameFile(discarded, path)) {
      // A crash between the two halves of the rename left both names.
      await removeFile(discarded);
    } else if (!(await renamedTo(discarded, path))) continue;
    await syncFolder(folder);
    await syncFolder(dirname(discarded));
    await removeEmptyFolder(dirname(discarded));
    return path;
  }
}

/** Removes one for good; one that is gone already is fine. Folders that a crash left empty go with it. */
export async function eraseDiscarded(discarded: string): Promise<void> {
  await removeFile(discarded);
  const moment = dirname(discarded);
  if (await exists(moment)) await syncFolder(moment);
  const trash = dirname(moment);
  for (const name of await namesIn(trash)) {
    if (momentOf(name) !== undefined) await removeEmptyFolder(join(trash, name));
  }
}

/** Whether a path is one of the list. */
export function isDiscarded(folder: string, path: string): boolean {
  const moment = dirname(path);
  return momentOf(basename(moment)) !== undefined && dirname(moment) === join(folder, trashName);
}

async function renamedTo(from: string, to: string): Promise<boolean> {
  try {
    await renameExclusive(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    return false;
  }
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = [await statOf(one), await statOf(other)];
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

/** Two of one name within a second lie in two folders. */
async function freeFolder(trash: string, nowMs: number, name: string): Promise<string> {
  const moment = `${new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
  for (let count = 1; ; count += 1) {
    const folder = join(trash, count === 1 ? moment : `${moment}-${count}`);
    if (!(await exists(join(folder, name)))) return folder;
  }
}

const momentName = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z(?:-\d+)?$/;

function momentOf(folder: string): number | undefined {
  const [, date, hour, minute, second] = momentName.exec(folder) ?? [];
  const atMs = Date.parse(`${date}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(atMs) ? undefined : atMs;
}

async function inodesIn(folder: string): Promise<ReadonlySet<number>> {
  const inodes = new Set<number>();
  for (const name of await namesIn(folder)) {
    const stats = isArchiveName(name) ? await statOf(join(folder, name)) : undefined;
    if (stats !== undefined) inodes.add(stats.ino);
  }
  return inodes;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  });
}

async function statOf(path: string) {
  return await lstat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  });
}
