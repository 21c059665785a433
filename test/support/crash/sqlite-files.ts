import type { DiskImage, NodeId } from './disk-image.ts';
import type { EntryChange } from './entry-changes.ts';

const companions = ['-wal', '-shm', '-journal'];
const magic = 'SQLite format 3';

/** A database and what stands beside it: SQLite keeps them one thing. */
export interface DatabaseFiles {
  readonly main: NodeId;
  readonly ids: readonly NodeId[];
  /** Whether a change made or removed one of its companions: SQLite's own doing. */
  owns(change: EntryChange): boolean;
}

/** Those that a file belongs to; undefined: it is none of SQLite's. */
export function databaseOf(image: DiskImage, id: NodeId): DatabaseFiles | undefined {
  for (const [folder, names] of image.folders) {
    for (const [name, each] of names) {
      const found = each === id ? databaseAt(image, folder, name) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** The same by a name, at which nothing need be any more. */
export function databaseAt(
  image: DiskImage,
  folder: NodeId,
  name: string,
): DatabaseFiles | undefined {
  const names = image.folders.get(folder);
  const base = mainOf(name);
  const main = names?.get(base);
  if (names === undefined || main === undefined || !isDatabase(image, main)) return undefined;
  const own = new Set(companions.map((ending) => base + ending));
  return {
    main,
    ids: ['', ...companions].flatMap((ending) => names.get(base + ending) ?? []),
    owns: ({ added, removed }) =>
      added.length + removed.length === 1 &&
      [...added, ...removed].every((entry) => entry.folder === folder && own.has(entry.name)),
  };
}

function mainOf(name: string): string {
  const ending = companions.find((each) => name.endsWith(each));
  return ending === undefined ? name : name.slice(0, -ending.length);
}

function isDatabase(image: DiskImage, id: NodeId): boolean {
  const content = image.nodes.get(id)?.content;
  return content?.subarray(0, magic.length).toString('latin1') === magic;
}
