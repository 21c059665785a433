import type { BrowseEntry } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import type { Keys } from '../os/work.ts';
import { openChain } from './chain.ts';
import { findBaseIn } from './find-base.ts';

/** Entries by folder; '' holds the sources. */
export type Folders = ReadonlyMap<string, ReadonlyMap<string, BrowseEntry>>;

/** The tree of a backup's members, from the indexes alone. Its full is looked for beside it and in `stores`. */
export async function indexFolders(
  path: string,
  stores: readonly string[],
  keys: Keys,
): Promise<Folders> {
  await using reader = await openArchiveFile(path, keys);
  await using archive = await openChain(reader, findBaseIn(path, stores, keys));
  const folders = new Map<string, Map<string, BrowseEntry>>([['', new Map()]]);
  for await (const member of archive.members()) {
    const name = member.name.toString().replace(/\/$/, '');
    if (name.startsWith('.kedge/')) continue;
    put(folders, name, {
      name: name.slice(name.lastIndexOf('/') + 1),
      kind: member.kind,
      sizeBytes: member.sizeBytes,
      modifiedMs: Number(member.mtimeNs / 1_000_000n),
    });
  }
  return folders;
}

export function folderOf(folders: Folders, path: string): readonly BrowseEntry[] {
  const entries = folders.get(path.replace(/\/$/, ''));
  if (entries === undefined) {
    throw new KedgeError('not-found', { what: 'folder in this backup', id: path, list: 'backup' });
  }
  const rank = (entry: BrowseEntry): number => (entry.kind === 'directory' ? 0 : 1);
  return [...entries.values()].sort(
    (a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  );
}

/** Folders that have no member of their own, such as those of a settings file, appear too. */
function put(
  folders: Map<string, Map<string, BrowseEntry>>,
  name: string,
  entry: BrowseEntry,
): void {
  const cut = name.lastIndexOf('/');
  const parent = cut < 0 ? '' : name.slice(0, cut);
  let siblings = folders.get(parent);
  if (siblings === undefined) {
    siblings = new Map();
    folders.set(parent, siblings);
    const folderName = parent.slice(parent.lastIndexOf('/') + 1);
    put(folders, parent, {
      name: folderName,
      kind: 'directory',
      sizeBytes: 0,
      modifiedMs: entry.modifiedMs,
    });
  }
  const known = siblings.get(entry.name);
  if (known === undefined || entry.kind !== 'directory') siblings.set(entry.name, entry);
  if (entry.kind === 'directory' && !folders.has(name)) folders.set(name, new Map());
}
