import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { setFolderTime } from '../../os/entry-metadata.ts';
import { makeFolder, rename } from '../../os/files.ts';
import { syncFileSystem } from '../../os/sync-tree.ts';
import { parentOf, statOf } from './live-folders.ts';
import { readTouched, type Touched, type TouchedPath, writeTimesAfter } from './touched-paths.ts';

/** Single paths of a tree that change places with what comes, as one step: a list of renames. */
export interface PathExchange {
  readonly live: string;
  readonly incoming?: string | undefined;
  readonly outgoing: string;
  /** The folder with the list. */
  readonly lists: string;
}

/**
 * First all that is live goes, then all that comes does, each made durable: until the last of the first are safe
 * nothing takes their names. Never done twice: after a crash it goes back.
 */
export async function exchangePaths(step: PathExchange): Promise<void> {
  const touched = readTouched(step.lists);
  const at = rootsOf(step);
  refuseLinks(at.live, touched);
  for (const { relative, inode } of touched.carried) {
    await carry(at.live(relative), at.incoming(relative), inode);
  }
  for (const { relative, old } of touched.paths) {
    if (old !== undefined) await moveKnown(at.live(relative), at.outgoing(relative), old);
  }
  await syncFileSystem(step.lists);
  for (const { relative, come } of touched.paths) {
    if (come !== undefined) await moveKnown(at.incoming(relative), at.live(relative), come);
  }
  for (const { relative, becomesNs } of touched.folders) {
    if (becomesNs !== undefined) await setFolderTime(at.live(relative), becomesNs);
  }
  await syncFileSystem(step.lists);
  await recordTimes(step, touched);
}

/**
 * The way back, from the inodes alone, wherever the exchange stood; may be repeated. Something that took a name
 * after it is put aside: what was live before comes back.
 */
export async function exchangePathsBack(step: PathExchange): Promise<void> {
  const touched = readTouched(step.lists);
  const at = rootsOf(step);
  refuseLinks(at.live, touched);
  for (const [nth, path] of touched.paths.entries()) {
    await clearName(path, at, join(step.lists, `aside-${nth}`));
  }
  await syncFileSystem(step.lists);
  for (const { relative, old } of touched.paths) {
    const [kept, live] = [at.outgoing(relative), at.live(relative)];
    if (old === undefined || inodeAt(kept) !== old) continue;
    // Whoever took the name's folder away after the exchange.
    if (relative.length > 0) await makeFolder(at.live(parentOf(relative)), 0o755);
    await moveKnown(kept, live, old);
  }
  for (const { relative, inode } of touched.carried) {
    const [carried, live] = [at.incoming(relative), at.live(relative)];
    if (inodeAt(carried) === inode) await carry(carried, live, inode);
  }
  for (const { relative, mtimeNs } of touched.folders) {
    if (statOf(at.live(relative)) !== undefined) await setFolderTime(at.live(relative), mtimeNs);
  }
  await syncFileSystem(step.lists);
}

/** What came goes back to where it came from; what is of others goes aside. */
async function clearName(
  { relative, old, come }: TouchedPath,
  at: Roots,
  aside: string,
): Promise<void> {
  const live = at.live(relative);
  const found = inodeAt(live);
  if (found === undefined || found === old) return;
  if (found === come) return await rename(live, at.incoming(relative));
  const isAway = old !== undefined && inodeAt(at.outgoing(relative)) === old;
  const hasCome = come !== undefined && inodeAt(at.incoming(relative)) !== come;
  // Else it never was exchanged, and somebody else has put it there.
  if (isAway || (old === undefined && hasCome)) await rename(live, aside);
}

interface Roots {
  readonly live: (relative: Buffer) => Buffer;
  readonly incoming: (relative: Buffer) => Buffer;
  readonly outgoing: (relative: Buffer) => Buffer;
}

function rootsOf({ live, incoming, outgoing }: PathExchange): Roots {
  return { live: below(live), incoming: below(incoming ?? ''), outgoing: below(outgoing) };
}

const below =
  (root: string, encoding: BufferEncoding = 'utf8') =>
  (relative: Buffer) =>
    relative.length === 0
      ? Buffer.from(root, encoding)
      : Buffer.concat([Buffer.from(root, encoding), Buffer.from('/'), relative]);

/** A folder may have become a link since it was looked at: nothing is moved to where that leads. */
function refuseLinks(live: Roots['live'], { paths, carried }: Touched): void {
  const root = live(Buffer.alloc(0));
  const stat = statOf(root);
  if (stat === undefined) return;
  // What leads to the root may be a link, as the configuration names it.
  const realRoot = stat.isSymbolicLink() ? root : realpathSync(root, { encoding: 'buffer' });
  const seen = new Set<string>();
  for (const { relative } of [...paths, ...carried]) {
    const parent = parentOf(relative);
    const key = parent.toString('latin1');
    if (relative.length === 0 || seen.has(key)) continue;
    seen.add(key);
    const folder = live(parent);
    if (statOf(folder) === undefined) continue;
    const real = below(realRoot.toString('latin1'), 'latin1')(parent);
    if (!realpathSync(folder, { encoding: 'buffer' }).equals(real)) throw changed(folder);
  }
}

/** The folders at both ends keep their times: neither was changed by anybody but this exchange. */
async function carry(from: Buffer, to: Buffer, inode: string): Promise<void> {
  const folders = [parentOf(from), parentOf(to)].map((path) => ({ path, stat: statOf(path) }));
  await moveKnown(from, to, inode);
  for (const { path, stat } of folders) {
    if (stat !== undefined) await setFolderTime(path, stat.mtimeNs);
  }
}

/** Only what was looked at, and only to a free name. */
async function moveKnown(from: Buffer, to: Buffer, inode: string): Promise<void> {
  if (inodeAt(from) !== inode) throw changed(from);
  if (statOf(to) !== undefined) throw new KedgeError('already-exists', { path: to.toString() });
  await rename(from, to);
}

function changed(path: Buffer): KedgeError {
  const why = 'another program changed it meanwhile';
  return new KedgeError('busy', { what: `exchanging "${path.toString()}"`, why });
}

function inodeAt(path: Buffer): string | undefined {
  const ino = statOf(path)?.ino;
  return ino === undefined ? undefined : String(ino);
}

async function recordTimes(step: PathExchange, { folders }: Touched): Promise<void> {
  const at = below(step.live);
  const now = folders.flatMap(({ relative }) => {
    const mtimeNs = statOf(at(relative))?.mtimeNs;
    return mtimeNs === undefined ? [] : [{ relative, mtimeNs }];
  });
  await writeTimesAfter(step.lists, now);
}
