import { lstat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { IndexMember } from '../../archive/archive-reader.ts';
import { setMetadata } from '../../os/entry-metadata.ts';
import { removeFile } from '../../os/files.ts';
import { makeFifo, makeHardLink, makeNewFolder, makeSymlink } from '../../os/make-entries.ts';
import { syncFileSystem } from '../../os/sync-tree.ts';
import { pathBelow, unsafe } from '../member-path.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { restoredMetadata, writeMemberFile } from '../write-member.ts';

/** A tree inside an archive: its root is the member `name`, all others begin with `name/`. */
export interface ArchivedTree {
  readonly name: string;
  members(): AsyncIterable<IndexMember>;
  content: ArchivedSource['content'];
}

interface Extraction {
  readonly tree: ArchivedTree;
  readonly root: Buffer;
  readonly signal: AbortSignal;
  readonly onBytes: (bytes: number) => void;
  /** Folders that this extraction made, relative, as latin1: nothing is ever written through anything else. */
  readonly folders: Set<string>;
  /** Theirs is set last: what is made in them would change their time, and a mode may forbid it. */
  readonly folderMembers: Map<string, IndexMember>;
}

/** Builds a tree at `root`, where nothing must be, and makes it durable. */
export async function extractTree(
  tree: ArchivedTree,
  root: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const extraction: Extraction = {
    tree,
    root: Buffer.from(root),
    signal,
    onBytes,
    folders: new Set(),
    folderMembers: new Map(),
  };
  for await (const member of tree.members()) {
    signal.throwIfAborted();
    await extract(extraction, member);
  }
  await finishFolders(extraction);
  await syncFileSystem(dirname(root));
}

async function extract(extraction: Extraction, member: IndexMember): Promise<void> {
  const relative = pathBelow(member.name, extraction.tree.name);
  if (member.kind === 'directory') return await makeFolderOf(extraction, relative, member);
  if (relative.length > 0) await makeParents(extraction, relative);
  const path = pathOf(extraction, relative);
  await freeName(path, member);
  await makeEntry(extraction, member, path);
  if (member.kind !== 'hardlink') await setMetadata(path, member.kind, restoredMetadata(member));
}

async function makeEntry(extraction: Extraction, member: IndexMember, path: Buffer): Promise<void> {
  switch (member.kind) {
    case 'directory':
      return;
    case 'file':
      return await writeMemberFile(
        path,
        member,
        extraction.tree.content(member, extraction.signal),
        extraction.onBytes,
      );
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
async function linkTo(extraction: Extraction, member: IndexMember, path: Buffer): Promise<void> {
  const relative = pathBelow(targetOf(member), extraction.tree.name);
  const parent = parentOf(relative);
  const target = pathOf(extraction, relative);
  const found = extraction.folders.has(keyOf(parent))
    ? await lstat(target).catch(() => undefined)
    : undefined;
  if (!found?.isFile()) throw unsafe(member.name, 'it is a hard link to no file of this source');
  await makeHardLink(target, path);
}

function targetOf(member: IndexMember): Buffer {
  const target = member.linkTarget;
  if (target === undefined || target.length === 0 || target.includes(0)) {
    throw unsafe(member.name, 'it is a link without a target');
  }
  return target;
}

async function makeFolderOf(
  extraction: Extraction,
  relative: Buffer,
  member: IndexMember,
): Promise<void> {
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
  extraction.folders.add(keyOf(parent));
}

/** A name that comes twice: the last one counts. A folder is never replaced, so `folders` stays true. */
async function freeName(path: Buffer, member: IndexMember): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (found.isDirectory()) throw unsafe(member.name, 'it is a folder and something else');
  await removeFile(path);
}

/** Deepest first. */
async function finishFolders({ folderMembers, root }: Extraction): Promise<void> {
  const deepestFirst = [...folderMembers].sort(([a], [b]) => b.length - a.length);
  for (const [key, member] of deepestFirst) {
    const path = pathOf({ root }, Buffer.from(key, 'latin1'));
    await setMetadata(path, 'directory', restoredMetadata(member));
  }
}

const keyOf = (relative: Buffer): string => relative.toString('latin1');

function parentOf(relative: Buffer): Buffer {
  return relative.subarray(0, Math.max(relative.lastIndexOf('/'), 0));
}

function pathOf({ root }: Pick<Extraction, 'root'>, relative: Buffer): Buffer {
  return relative.length === 0 ? root : Buffer.concat([root, Buffer.from('/'), relative]);
}
