import { readdirSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { setMetadata } from '../../os/entry-metadata.ts';
import { exists, makeFolderDurably } from '../../os/files.ts';
import { isMountPoint } from '../../os/mount-points.ts';
import type { ExchangeItem, PreparedItem } from '../restore-kind.ts';
import type { SwapStep } from '../swap-step.ts';
import { leftOutBy } from '../tree/left-out.ts';
import { isOwnName } from '../tree/own-names.ts';
import { findLeftOut } from './find-left-out.ts';
import { statOf } from './live-folders.ts';
import { type Carried, writeTouched } from './touched-paths.ts';

/** A mount point can't be renamed, nor can the folder in which the place of its exchange lies. */
export async function isExchangedByChildren({ live, incoming }: ExchangeItem): Promise<boolean> {
  return incoming?.startsWith(live + sep) === true || (await isMountPoint(live));
}

/** All names in a folder change places with all names in the one that comes, as one step; the folder stays. */
export async function prepareChildren(item: ExchangeItem): Promise<PreparedItem> {
  const { live, incoming, outgoing } = item;
  const lists = join(dirname(dirname(outgoing)), 'moves', basename(outgoing));
  await makeFolderDurably(outgoing);
  await makeFolderDurably(lists);
  const paths = changingNames(item);
  const { carried, notes } = await carriedBelow(item, paths);
  await writeTouched(lists, { paths, carried, folders: rootTimes(item) });
  await keepRoot(item);
  const step: SwapStep = {
    kind: 'exchange-paths',
    live,
    ...(incoming === undefined ? {} : { incoming }),
    outgoing,
    lists,
  };
  return { item, keeps: true, steps: [step], notes: [...notes, ...rootNotes(item)] };
}

/** What the source leaves out at the top stays where it is, unless something of that name comes. */
function changingNames({ live, incoming, leaveOut }: ExchangeItem) {
  const isLeftOut = leftOutBy(leaveOut ?? []);
  const names = new Map(
    [...namesIn(live), ...namesIn(incoming)].map((name) => [name.toString('latin1'), name]),
  );
  return [...names.values()]
    .map((relative) => ({
      relative,
      old: inodeAt(live, relative),
      come: incoming === undefined ? undefined : inodeAt(incoming, relative),
    }))
    .filter(({ relative, come }) => come !== undefined || !isLeftOut(relative));
}

async function carriedBelow(
  { live, incoming, leaveOut }: ExchangeItem,
  paths: readonly { readonly relative: Buffer }[],
) {
  const going = new Set(paths.map(({ relative }) => relative.toString()));
  const carried: Carried[] = [];
  const notes: string[] = [];
  for (const path of await findLeftOut(live, leaveOut ?? [])) {
    if (!going.has(path.split('/')[0] ?? '')) continue;
    const to = `${incoming}/${path}`;
    const inode = inodeAt(live, Buffer.from(path));
    const isFree = incoming !== undefined && (await exists(dirname(to))) && !(await exists(to));
    if (isFree && inode !== undefined) carried.push({ relative: Buffer.from(path), inode });
    else notes.push(`"${live}/${path}" is left out of the backups and went into the undo`);
  }
  return { carried, notes };
}

function rootTimes({ live, incoming }: ExchangeItem) {
  const [now, then] = [statOf(live), incoming === undefined ? undefined : statOf(incoming)];
  if (now === undefined) return [];
  const becomesNs = then?.mtimeNs;
  return [{ relative: Buffer.alloc(0), mtimeNs: now.mtimeNs, becomesNs }];
}

/** So that what is kept is a whole tree, and its undo gets the time back. */
async function keepRoot({ live, outgoing }: ExchangeItem): Promise<void> {
  const stat = statOf(live);
  if (stat === undefined) return;
  await setMetadata(outgoing, 'directory', {
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    mode: Number(stat.mode) & 0o3777,
    mtimeNs: stat.mtimeNs,
  });
}

/** It belongs to whoever mounted it. */
function rootNotes({ live, incoming }: ExchangeItem): readonly string[] {
  const [now, then] = [statOf(live), incoming === undefined ? undefined : statOf(incoming)];
  if (now === undefined || then === undefined) return [];
  const isSame = now.uid === then.uid && now.gid === then.gid && now.mode === then.mode;
  return isSame ? [] : [`owner and mode of the mount point "${live}" itself stay as they are`];
}

function namesIn(folder: string | undefined): readonly Buffer[] {
  if (folder === undefined) return [];
  return readdirSync(folder, { encoding: 'buffer', withFileTypes: true })
    .filter((entry) => !(entry.isDirectory() && isOwnName(entry.name.toString('latin1'))))
    .map(({ name }) => name)
    .sort(Buffer.compare);
}

function inodeAt(root: string, relative: Buffer): string | undefined {
  const ino = statOf(Buffer.concat([Buffer.from(`${root}/`), relative]))?.ino;
  return ino === undefined ? undefined : String(ino);
}
