import type { DiskOperation } from '../../../agent/os/faults.ts';
import { type DiskImage, idAt, type NodeId } from './disk-image.ts';
import { type EntryChange, entryChanges } from './entry-changes.ts';
import { databaseAt, databaseOf } from './sqlite-files.ts';

/** A change of folders that no fsync has made durable yet. */
export interface PendingChange extends EntryChange {
  /** Folders that still have to be synced; none left: durable. */
  readonly unsynced: ReadonlySet<NodeId>;
}

/** What is certainly on the disk after a power cut, and what may be. */
export interface DurableDisk {
  readonly names: ReadonlyMap<NodeId, ReadonlyMap<string, NodeId>>;
  /** Content as it was last synced; absent: never. */
  readonly content: ReadonlyMap<NodeId, Buffer>;
  /** Oldest first. */
  readonly pending: readonly PendingChange[];
}

/** All of it is durable. */
export function allDurable(image: DiskImage): DurableDisk {
  const content = new Map<NodeId, Buffer>();
  for (const [id, node] of image.nodes) {
    if (node.content !== undefined) content.set(id, node.content);
  }
  return { names: image.folders, content, pending: [] };
}

/** After an operation that led from one image to the next. */
export function afterOperation(
  disk: DurableDisk,
  operation: DiskOperation,
  before: DiskImage,
  after: DiskImage,
): DurableDisk {
  if (operation.name === 'sync') return allDurable(after);
  const changed = entryChanges(before, after).map((change) => ({
    ...change,
    unsynced: new Set([...change.added, ...change.removed].map(({ folder }) => folder)),
  }));
  const content = new Map([...disk.content, ...checkpointed(changed, before, after)]);
  const next = { ...disk, content, pending: [...disk.pending, ...changed] };
  if (!operation.name.startsWith('fsync')) return next;
  const id = idAt(after, operation.path);
  if (id === undefined) return next;
  return after.folders.has(id) ? folderSynced(next, id) : fileSynced(next, id, after);
}

/** SQLite syncs the main file before it removes what stood beside it. */
function checkpointed(
  changes: readonly EntryChange[],
  before: DiskImage,
  after: DiskImage,
): readonly (readonly [NodeId, Buffer])[] {
  return changes.flatMap((change) => {
    const [gone] = change.removed;
    if (gone === undefined) return [];
    const database = databaseAt(before, gone.folder, gone.name);
    const content = after.nodes.get(database?.main ?? '')?.content;
    return database?.owns(change) && content !== undefined ? [[database.main, content]] : [];
  });
}

function folderSynced(disk: DurableDisk, folder: NodeId): DurableDisk {
  const pending = disk.pending.map((change) => ({
    ...change,
    unsynced: new Set([...change.unsynced].filter((each) => each !== folder)),
  }));
  return settle({ ...disk, pending });
}

/** SQLite's files are one thing: what it committed is durable once we have synced the main file. */
function fileSynced(disk: DurableDisk, id: NodeId, image: DiskImage): DurableDisk {
  const database = databaseOf(image, id);
  const content = new Map(disk.content);
  for (const each of database?.ids ?? [id]) {
    content.set(each, image.nodes.get(each)?.content ?? Buffer.alloc(0));
  }
  if (database === undefined) return { ...disk, content };
  const pending = disk.pending.map((change) =>
    database.owns(change) ? { ...change, unsynced: new Set<NodeId>() } : change,
  );
  return settle({ ...disk, content, pending });
}

function settle(disk: DurableDisk): DurableDisk {
  const durable = disk.pending.filter(({ unsynced }) => unsynced.size === 0);
  return {
    ...disk,
    names: applyChanges(disk.names, durable),
    pending: disk.pending.filter(({ unsynced }) => unsynced.size > 0),
  };
}

export function applyChanges(
  names: DurableDisk['names'],
  changes: readonly EntryChange[],
): DurableDisk['names'] {
  const next = new Map([...names].map(([folder, below]) => [folder, new Map(below)]));
  for (const { removed, added } of changes) {
    for (const { folder, name, id } of removed) {
      if (next.get(folder)?.get(name) === id) next.get(folder)?.delete(name);
    }
    for (const { folder, name, id } of added) {
      const below = next.get(folder) ?? new Map<string, NodeId>();
      next.set(folder, below.set(name, id));
    }
  }
  return next;
}
