import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { setMetadata } from '../../os/entry-metadata.ts';
import { exists, makeFolder, makeFolderDurably } from '../../os/files.ts';
import { syncFileSystem } from '../../os/sync-tree.ts';
import type { ExchangeItem, PreparedItem } from '../restore-kind.ts';
import type { SwapStep } from '../swap-step.ts';
import { findLeftOut } from './find-left-out.ts';
import { LiveFolders, parentOf, statOf } from './live-folders.ts';
import {
  type Carried,
  readTimesAfter,
  readTouched,
  type TouchedFolder,
  writeTouched,
} from './touched-paths.ts';

type Only = NonNullable<ExchangeItem['only']>;

/** Paths that change places, with what was seen on the way. */
interface Found {
  readonly paths: readonly Buffer[];
  readonly notes: readonly string[];
}

/** Looks which paths change places, now that nobody writes, and puts them on the list of the one step. */
export async function preparePaths(item: ExchangeItem, only: Only): Promise<PreparedItem> {
  const live = new LiveFolders(item.live);
  const staged = item.incoming === undefined ? undefined : new LiveFolders(item.incoming);
  const found =
    only.of === undefined
      ? findStaged(live, staged, only.whole)
      : findUndone(live, staged, only.of);
  const { carried, notes } = await leftOutBelow(item, found.paths);
  await makeFolderDurably(dirname(item.outgoing));
  await makeFolderDurably(only.lists);
  const all = [...found.paths, ...carried.map(({ relative }) => relative)];
  const folders = withTimes(live, foldersOf(live, all), only.of);
  await makeSkeleton(item, live, found.paths);
  const paths = found.paths.map((relative) => ({
    relative,
    old: inodeOf(live, relative),
    come: staged === undefined ? undefined : inodeOf(staged, relative),
  }));
  await writeTouched(only.lists, { paths, folders, carried });
  // What is moved must not lose the folder into which it goes.
  await syncFileSystem(only.lists);
  const { incoming, outgoing } = item;
  const step: SwapStep = {
    kind: 'exchange-paths',
    live: item.live,
    ...(incoming === undefined ? {} : { incoming }),
    outgoing,
    lists: only.lists,
  };
  const isRoot = found.paths.some(({ length }) => length === 0);
  const keeps = isRoot ? await exists(item.live) : true;
  return { item, keeps, steps: [step], notes: [...found.notes, ...notes] };
}

/** What is staged and not there, or there and another: the topmost path of each. */
function findStaged(
  live: LiveFolders,
  staged: LiveFolders | undefined,
  whole: readonly string[],
): Found {
  const paths: Buffer[] = [];
  const notes: string[] = [];
  const asked = new Set(whole.map((path) => Buffer.from(path).toString('latin1')));
  const look = (relative: Buffer): void => {
    const comes = staged?.entry(relative)?.stat;
    if (comes === undefined) return;
    const now = live.entry(relative)?.stat;
    const isWhole = asked.has(relative.toString('latin1'));
    const isWay = comes.isDirectory() && !isWhole;
    if (now?.isDirectory() === true && isWay) {
      below(relative);
      return;
    }
    if (isWay && now !== undefined && whole.length > 0) throw noFolder(live, relative);
    if (now?.isDirectory() === true && !comes.isDirectory() && !isWhole) {
      notes.push(`"${live.pathOf(relative).toString()}" is a folder now and stays`);
      return;
    }
    paths.push(relative);
  };
  const below = (relative: Buffer): void => {
    for (const name of namesIn(staged?.pathOf(relative))) {
      look(relative.length === 0 ? name : Buffer.concat([relative, Buffer.from('/'), name]));
    }
  };
  look(Buffer.alloc(0));
  return { paths, notes };
}

/** The paths of the exchange that is taken back; below a folder that is gone since, that folder as it was. */
function findUndone(live: LiveFolders, kept: LiveFolders | undefined, of: string): Found {
  const found = new Map<string, Buffer>();
  for (const { relative } of readTouched(of).paths) {
    const gone = firstMissing(live, parentOf(relative));
    const path = gone ?? relative;
    const isNeeded = gone === undefined || kept?.entry(relative) !== undefined;
    if (isNeeded) found.set(path.toString('latin1'), path);
  }
  return { paths: [...found.values()], notes: [] };
}

/** The topmost folder on the way that is not there; thrown where something else is. */
function firstMissing(live: LiveFolders, folder: Buffer): Buffer | undefined {
  if (folder.length === 0) return undefined;
  const above = firstMissing(live, parentOf(folder));
  if (above !== undefined) return above;
  const found = live.entry(folder)?.stat;
  if (found === undefined) return folder;
  if (!found.isDirectory()) throw noFolder(live, folder);
  return undefined;
}

function noFolder(live: LiveFolders, relative: Buffer): KedgeError {
  const why = `"${live.pathOf(relative).toString()}" is not a folder any more; move it away first`;
  return new KedgeError('restore-refused', { why });
}

/** What the source leaves out below paths that go: it stays where it is, so it goes over to what comes. */
async function leftOutBelow(item: ExchangeItem, paths: readonly Buffer[]) {
  const carried: Carried[] = [];
  const notes: string[] = [];
  const { incoming, leaveOut = [] } = item;
  if (leaveOut.length === 0 || paths.length === 0) return { carried, notes };
  const goes = paths.map((path) => path.toString());
  const isBelow = (path: string) => goes.some((one) => one === '' || path.startsWith(`${one}/`));
  for (const path of (await findLeftOut(item.live, leaveOut)).filter(isBelow)) {
    const [from, to] = [`${item.live}/${path}`, `${incoming}/${path}`];
    const isFree = incoming !== undefined && (await exists(dirname(to))) && !(await exists(to));
    const inode = statOf(from)?.ino;
    if (isFree && inode !== undefined) {
      carried.push({ relative: Buffer.from(path), inode: String(inode) });
    } else notes.push(`"${from}" is left out of the backups and went into the undo`);
  }
  return { carried, notes };
}

/** The folders that stay and in which names go and come, deepest first. */
function foldersOf(live: LiveFolders, paths: readonly Buffer[]): readonly TouchedFolder[] {
  const found = new Map<string, TouchedFolder>();
  for (const path of paths.filter(({ length }) => length > 0)) {
    const relative = parentOf(path);
    const mtimeNs = live.entry(relative)?.stat.mtimeNs;
    if (mtimeNs !== undefined) found.set(relative.toString('latin1'), { relative, mtimeNs });
  }
  return [...found.values()].sort((a, b) => b.relative.length - a.relative.length);
}

/** A folder that nobody touched since the exchange that is taken back gets the time it had before that. */
function withTimes(
  live: LiveFolders,
  folders: readonly TouchedFolder[],
  of: string | undefined,
): readonly TouchedFolder[] {
  if (of === undefined) return folders;
  const after = readTimesAfter(of);
  const before = new Map(
    readTouched(of).folders.map(({ relative, mtimeNs }) => [relative.toString('latin1'), mtimeNs]),
  );
  return folders.map((folder) => {
    const key = folder.relative.toString('latin1');
    const isUntouched = after.get(key) === live.entry(folder.relative)?.stat.mtimeNs;
    return isUntouched ? { ...folder, becomesNs: before.get(key) } : folder;
  });
}

/** The folders above what goes, as they are live: an undo may have to make them again. */
async function makeSkeleton(
  { outgoing }: ExchangeItem,
  live: LiveFolders,
  paths: readonly Buffer[],
): Promise<void> {
  if (paths.some(({ length }) => length === 0)) return;
  const made = new Map<string, Buffer>();
  const kept = new LiveFolders(outgoing);
  const make = async (relative: Buffer): Promise<void> => {
    const key = relative.toString('latin1');
    if (made.has(key)) return;
    if (relative.length > 0) await make(parentOf(relative));
    made.set(key, relative);
    await makeFolder(kept.pathOf(relative));
  };
  await make(Buffer.alloc(0));
  for (const path of paths) if (live.entry(path) !== undefined) await make(parentOf(path));
  for (const relative of [...made.values()].sort((a, b) => b.length - a.length)) {
    const stat = relative.length === 0 ? undefined : live.entry(relative)?.stat;
    if (stat === undefined) continue;
    await setMetadata(kept.pathOf(relative), 'directory', {
      uid: Number(stat.uid),
      gid: Number(stat.gid),
      mode: Number(stat.mode) & 0o3777,
      mtimeNs: stat.mtimeNs,
    });
  }
}

function inodeOf(folders: LiveFolders, relative: Buffer): string | undefined {
  const ino = folders.entry(relative)?.stat.ino;
  return ino === undefined ? undefined : String(ino);
}

function namesIn(path: Buffer | undefined): readonly Buffer[] {
  return path === undefined ? [] : readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare);
}
