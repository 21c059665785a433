import { lstatSync, type Stats } from 'node:fs';
import type { IndexMember } from '../../archive/archive-reader.ts';
import type { MemberHeader } from '../../archive/member.ts';
import { AtOnce } from '../../os/at-once.ts';
import { dropInheritedAcls } from '../../os/attributes/write-attributes.ts';
import { exists, removeFile, rename } from '../../os/files.ts';
import { makeFifo, makeHardLink, makeNewFolder, makeSymlink } from '../../os/make-entries.ts';
import { pathBelow, unsafe } from '../member-path.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { writeMemberFile } from '../write-member.ts';
import { EntryFinisher } from './finish-entries.ts';

/** A tree inside an archive: its root is the member `name`, all others begin with `name/`. */
export interface ArchivedTree {
  readonly name: string;
  members(): AsyncIterable<IndexMember>;
  content: ArchivedSource['content'];
}

/** A tree that is being built. */
export interface Extraction {
  /** Its root is the member of this name, all others begin with it and a slash. */
  readonly name: string;
  readonly root: Buffer;
  readonly onBytes: (bytes: number) => void;
  /** Folders that this extraction made, relative, as latin1: nothing is ever written through anything else. */
  readonly folders: Set<string>;
  /** Theirs is set last: what is made in them would change their time, and a mode may forbid it. */
  readonly folderMembers: Map<string, MemberHeader>;
  readonly finisher: EntryFinisher;
  /** Files that are being written. */
  readonly writing: AtOnce;
  readonly signal: AbortSignal;
}

/** Bytes of files that are written beside each other, each counted with its frames that are read ahead. */
const bytesAtOnce = 6 << 20;
const bytesOfLarge = 4 << 20;
const bytesOfEach = 128 << 10;

/** Builds a tree at `root`, where nothing must be; the caller makes it durable. Answers what did not come back. */
export async function extractTree(
  tree: ArchivedTree,
  root: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<readonly string[]> {
  const extraction = beginExtraction(tree.name, root, onBytes, signal);
  await using writing = extraction.writing;
  for await (const member of tree.members()) {
    signal.throwIfAborted();
    await startMember(extraction, member, () => tree.content(member, signal));
  }
  await writing.settled();
  await finishFolders(extraction);
  return extraction.finisher.notes;
}

/** The parent of `root` must be there, `root` itself not. */
export function beginExtraction(
  name: string,
  root: string,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Extraction {
  return {
    name,
    root: Buffer.from(root),
    onBytes,
    folders: new Set(),
    folderMembers: new Map(),
    finisher: new EntryFinisher(signal),
    writing: new AtOnce(bytesAtOnce),
    signal,
  };
}

/** Nothing is written outside of the root or through what this extraction did not make: that is thrown. */
export async function extractMember(
  extraction: Extraction,
  member: MemberHeader,
  content: () => AsyncIterable<Uint8Array>,
): Promise<void> {
  await startMember(extraction, member, content);
  await extraction.writing.settled();
}

/** Files are written beside each other; all else is made in order, when what came before is there. */
async function startMember(
  extraction: Extraction,
  member: MemberHeader,
  content: () => AsyncIterable<Uint8Array>,
): Promise<void> {
  const relative = pathBelow(member.name, extraction.name);
  if (member.kind === 'directory') return await makeFolderOf(extraction, relative, member);
  const path = await clearPath(extraction, member, relative);
  if (member.kind !== 'file') await extraction.writing.settled();
  const weight = Math.min(member.sizeBytes, bytesOfLarge) + bytesOfEach;
  await extraction.writing.start(weight, async () => {
    await makeEntry(extraction, member, path, content);
    if (relative.length === 0) await dropInherited(extraction);
    await extraction.finisher.finish(path, member);
  });
  // Its name is there before anything asks what has that name; a file's is at once.
  if (member.kind !== 'file') await extraction.writing.settled();
}

/** The same for a file that is written already, on the same file system. */
export async function placeFile(
  extraction: Extraction,
  member: MemberHeader,
  file: string,
): Promise<void> {
  const relative = pathBelow(member.name, extraction.name);
  const path = await clearPath(extraction, member, relative);
  await rename(file, path);
  await extraction.finisher.finish(path, member);
}

/** Whether something has the name of this member already. */
export async function isTaken(extraction: Extraction, name: Buffer): Promise<boolean> {
  return await exists(pathOf(extraction, pathBelow(name, extraction.name)));
}

/** What Linux takes of a path and of a part of it, without the NUL at the end. */
const pathLimit = 4095;
const partLimit = 255;

/** Before its folders are made, of which a hostile one may have 20,000. */
function refuseTooLong(path: Buffer, member: MemberHeader): void {
  const parts = path.toString('latin1').split('/');
  if (path.length > pathLimit || parts.some((part) => part.length > partLimit)) {
    throw unsafe(member.name, 'its path is longer than the file system takes');
  }
}

/** Where the member goes: its folders are there and the name is free. */
async function clearPath(
  extraction: Extraction,
  member: MemberHeader,
  relative: Buffer,
): Promise<Buffer> {
  const path = pathOf(extraction, relative);
  refuseTooLong(path, member);
  if (relative.length > 0) await makeParents(extraction, relative);
  await freeName(extraction, path, member);
  return path;
}

async function makeEntry(
  extraction: Extraction,
  member: MemberHeader,
  path: Buffer,
  content: () => AsyncIterable<Uint8Array>,
): Promise<void> {
  switch (member.kind) {
    case 'directory':
      return;
    case 'file':
      return await writeMemberFile(path, member, content(), extraction.onBytes, false);
    case 'symlink':
      return await makeSymlink(targetOf(member), path);
    case 'hardlink':
      return await linkTo(extraction, member, path);
    case 'fifo':
      return await makeFifo(path, `${extraction.root}.kedge-fifo`);
    default:
      return member.kind satisfies never;
  }
}

/** Only to a file of this extraction, reached through folders of this extraction. */
async function linkTo(extraction: Extraction, member: MemberHeader, path: Buffer): Promise<void> {
  const relative = pathBelow(targetOf(member), extraction.name);
  const parent = parentOf(relative);
  const target = pathOf(extraction, relative);
  const found = extraction.folders.has(keyOf(parent)) ? entryAt(target) : undefined;
  const fits = member.toSymlink === true ? found?.isSymbolicLink() : found?.isFile();
  if (fits !== true) throw unsafe(member.name, 'it is a hard link to no file of this source');
  await makeHardLink(target, path);
}

function targetOf(member: MemberHeader): Buffer {
  const target = member.linkTarget;
  if (target === undefined || target.length === 0 || target.includes(0)) {
    throw unsafe(member.name, 'it is a link without a target');
  }
  return target;
}

async function makeFolderOf(
  extraction: Extraction,
  relative: Buffer,
  member: MemberHeader,
): Promise<void> {
  refuseTooLong(pathOf(extraction, relative), member);
  await makeParents(extraction, Buffer.concat([relative, Buffer.from('/x')]));
  extraction.folderMembers.set(keyOf(relative), member);
}

/** Makes the folders above a path that are not there; one that is there and is not ours is refused. */
async function makeParents(extraction: Extraction, relative: Buffer): Promise<void> {
  const parent = parentOf(relative);
  if (extraction.folders.has(keyOf(parent))) return;
  if (parent.length > 0) await makeParents(extraction, parent);
  const path = pathOf(extraction, parent);
  await makeNewFolder(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? unsafe(parent, 'it is a folder and something else') : error;
  });
  if (parent.length === 0) await dropInherited(extraction);
  extraction.folders.add(keyOf(parent));
}

/** Of the root, which is made in a folder that is not of this extraction. */
async function dropInherited({ finisher, root, signal }: Extraction): Promise<void> {
  finisher.addInherited(await dropInheritedAcls(root.toString(), signal));
}

/** A name that comes twice: the last one counts. A folder is never replaced, so `folders` stays true. */
async function freeName(
  { finisher, writing }: Extraction,
  path: Buffer,
  member: MemberHeader,
): Promise<void> {
  const found = entryAt(path);
  if (found === undefined) return;
  if (found.isDirectory()) throw unsafe(member.name, 'it is a folder and something else');
  // Or what waits would be done to what takes its place, which may be a link.
  await writing.settled();
  await finisher.flush();
  await removeFile(path);
}

/** Deepest first. */
export async function finishFolders({
  finisher,
  folderMembers,
  root,
}: Pick<Extraction, 'finisher' | 'folderMembers' | 'root'>): Promise<void> {
  const deepestFirst = [...folderMembers].sort(([a], [b]) => b.length - a.length);
  await finisher.finishFolders(
    deepestFirst.map(([key, member]) => [pathOf({ root }, Buffer.from(key, 'latin1')), member]),
  );
}

/** Undefined where nothing is, or nothing can be. */
function entryAt(path: Buffer): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

const keyOf = (relative: Buffer): string => relative.toString('latin1');

function parentOf(relative: Buffer): Buffer {
  return relative.subarray(0, Math.max(relative.lastIndexOf('/'), 0));
}

function pathOf({ root }: Pick<Extraction, 'root'>, relative: Buffer): Buffer {
  return relative.length === 0 ? root : Buffer.concat([root, Buffer.from('/'), relative]);
}
