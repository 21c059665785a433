import type { DiskImage, NodeId } from './disk-image.ts';

export interface Entry {
  readonly folder: NodeId;
  readonly name: string;
  readonly id: NodeId;
}

/** Names that come and go as one: a rename happens or does not, also across folders. */
export interface EntryChange {
  readonly removed: readonly Entry[];
  readonly added: readonly Entry[];
}

export function entryChanges(before: DiskImage, after: DiskImage): readonly EntryChange[] {
  const removed = missingIn(before, after);
  const added = missingIn(after, before);
  const changes = added.map((entry): EntryChange => {
    const from = removed.findIndex(({ id }) => id === entry.id);
    // What stood at the new name goes with the rename that replaces it.
    const replaced = removed.findIndex(
      ({ folder, name, id }) => folder === entry.folder && name === entry.name && id !== entry.id,
    );
    const gone = [from, replaced].filter((at) => at >= 0).sort((a, b) => b - a);
    return { added: [entry], removed: gone.flatMap((at) => removed.splice(at, 1)) };
  });
  return [...changes, ...removed.map((entry) => ({ added: [], removed: [entry] }))];
}

function missingIn(image: DiskImage, other: DiskImage): Entry[] {
  const found: Entry[] = [];
  for (const [folder, names] of image.folders) {
    const theirs = other.folders.get(folder);
    for (const [name, id] of names) {
      if (theirs?.get(name) !== id) found.push({ folder, name, id });
    }
  }
  return found;
}
