import { basename, join } from 'node:path';
import type { ExtractResult } from '../../protocol/domain/job.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { noKeys } from '../archive/age/lock.ts';
import type { IndexMember } from '../archive/archive-reader.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import { type Chain, openChain } from '../chain/chain.ts';
import { checkedContent } from '../chain/checked-content.ts';
import { findBaseIn } from '../chain/find-base.ts';
import { exists, makeFolder, removeTree } from '../os/files.ts';
import { syncFileSystem } from '../os/sync-tree.ts';
import type { Work } from '../os/work.ts';
import { type ArchivedTree, extractTree } from '../sources/files/extract-tree.ts';

export interface ExtractOrder {
  readonly path: string;
  /** As they stand in the backup, `<source>/...`; none: all sources. */
  readonly paths: readonly string[];
  readonly folder: string;
}

/**
 * Brings files or folders of a backup into a folder, each under its last name, reading only the frames that
 * hold them. What is there already is refused before anything is written; where it fails or is cancelled,
 * nothing stays.
 */
export async function runExtract(
  order: ExtractOrder,
  stores: readonly string[],
  work: Work,
): Promise<ExtractResult> {
  const { keys = noKeys } = work;
  await using reader = await openArchiveFile(order.path, keys);
  await using chain = await openChain(reader, findBaseIn(order.path, stores, keys));
  const wanted = order.paths.map((path) => path.replace(/^\/+|\/+$/g, ''));
  const paths = wanted.length > 0 ? wanted : chain.header.sources.map(({ name }) => name);
  const totals = await measure(chain, paths);
  await refuseExisting(order.folder, paths);
  const isNew = !(await exists(order.folder));
  try {
    await extractAll(chain, paths, order.folder, totals.bytes, work);
  } catch (error) {
    // Of a damaged backup nothing is left that could be taken for whole.
    for (const path of paths) await removeTree(join(order.folder, basename(path)));
    if (isNew) await removeTree(order.folder);
    throw error;
  }
  return { folder: order.folder, ...totals };
}

async function extractAll(
  chain: Chain,
  paths: readonly string[],
  folder: string,
  bytesTotal: number,
  work: Work,
): Promise<void> {
  await makeFolder(folder);
  let done = 0;
  for (const path of paths) {
    const target = join(folder, basename(path));
    const notes = await extractTree(treeOf(chain, path), target, work.signal, (bytes) => {
      done += bytes;
      work.progress(`extract ${path}`, done, bytesTotal);
    });
    for (const note of notes) work.log('warning', note);
  }
  await syncFileSystem(folder);
}

async function measure(chain: Chain, paths: readonly string[]) {
  const missing = new Set(paths);
  let [members, bytes] = [0, 0];
  for await (const { name, sizeBytes } of chain.members()) {
    const path = paths.find((each) => isIn(name, each));
    if (path === undefined) continue;
    missing.delete(path);
    members += 1;
    bytes += sizeBytes;
  }
  const [id] = missing;
  if (id === undefined) return { members, bytes };
  throw new KedgeError('not-found', { what: 'file or folder in this backup', id, list: 'backup' });
}

async function refuseExisting(folder: string, paths: readonly string[]): Promise<void> {
  const names = new Set<string>();
  for (const path of paths) {
    const target = join(folder, basename(path));
    if (names.has(target) || (await exists(target))) {
      throw new KedgeError('already-exists', { path: target });
    }
    names.add(target);
  }
}

function treeOf(chain: Chain, path: string): ArchivedTree {
  return {
    name: path,
    content: (member, signal) => checkedContent(chain, member, signal),
    async *members() {
      for await (const member of chain.members()) {
        if (isIn(member.name, path)) yield await asOwnFile(chain, member, path);
      }
    },
  };
}

/** A hard link to a file that is not brought along becomes a file of its own. */
async function asOwnFile(chain: Chain, member: IndexMember, path: string): Promise<IndexMember> {
  const target = member.kind === 'hardlink' ? member.linkTarget : undefined;
  if (target === undefined || isIn(target, path)) return member;
  for await (const other of chain.members()) {
    const isTarget = other.kind !== 'hardlink' && other.name.equals(target);
    if (isTarget) return { ...other, name: member.name };
  }
  return member;
}

function isIn(name: Buffer, path: string): boolean {
  const wanted = Buffer.from(path);
  if (!name.subarray(0, wanted.length).equals(wanted)) return false;
  return name.length === wanted.length || name[wanted.length] === 0x2f;
}
