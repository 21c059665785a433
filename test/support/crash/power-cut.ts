import type { DiskHistory } from './disk-history.ts';
import type { DiskImage, DiskNode, NodeId } from './disk-image.ts';
import {
  afterOperation,
  allDurable,
  applyChanges,
  type DurableDisk,
  type PendingChange,
} from './durable-disk.ts';
import { databaseAt, databaseOf } from './sqlite-files.ts';

/** What becomes of what was not synced. */
export type Fate = 'lost' | 'kept' | 'torn';

/** Asked for each change of a folder (lost or kept) and each content; `what` is the same for what goes together. */
export type Chance = (what: string) => Fate;

export const allLost: Chance = () => 'lost';
export const allKept: Chance = () => 'kept';

/** A third each, by a seed and the thing. */
export function seeded(seed: number): Chance {
  return (what) => {
    let hash = 2166136261 ^ seed;
    for (const char of what) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16777619);
    // Its low bits alone are those of the last character.
    hash = Math.imul(hash ^ (hash >>> 15), 2246822519);
    return (['lost', 'kept', 'torn'] as const)[((hash ^ (hash >>> 13)) >>> 0) % 3] ?? 'kept';
  };
}

/** What is durable before each operation of a history, and after the last. */
export function durableAtEach({ operations, images }: DiskHistory): readonly DurableDisk[] {
  const [first] = images;
  if (first === undefined) return [];
  const found = [allDurable(first)];
  operations.forEach((operation, n) => {
    const [before, after, disk] = [images[n], images[n + 1], found[n]];
    if (before === undefined || after === undefined || disk === undefined) return;
    found.push(afterOperation(disk, operation, before, after));
  });
  return found;
}

/** The disk as it may be found after a power cut; `image` is what the page cache held. */
export function cutPower(
  disk: DurableDisk,
  image: DiskImage,
  known: ReadonlyMap<NodeId, DiskNode>,
  chance: Chance,
): DiskImage {
  const kept = keptChanges(disk.pending, image, chance);
  const names = applyChanges(disk.names, kept);
  const nodes = new Map<NodeId, DiskNode>();
  const visit = (id: NodeId, folder: NodeId, name: string): void => {
    const node = image.nodes.get(id) ?? known.get(id);
    if (node === undefined || nodes.has(id)) return;
    const database = databaseOf(image, id) ?? databaseAt(image, folder, name);
    const fate = chance(database?.main ?? id);
    nodes.set(id, withContent(node, disk.content.get(id), fate, database !== undefined));
    for (const [below, child] of names.get(id) ?? []) visit(child, id, below);
  };
  for (const id of image.roots.values()) visit(id, '', '');
  return { roots: image.roots, folders: names, nodes };
}

/** Of changes to one name or one thing a later one is never there without the earlier ones. */
function keptChanges(
  pending: readonly PendingChange[],
  image: DiskImage,
  chance: Chance,
): readonly PendingChange[] {
  const lost = new Set<string>();
  return pending.filter((change) => {
    const entries = [...change.added, ...change.removed];
    const keys = entries.flatMap(({ folder, name, id }) => [`${folder}/${name}`, id]);
    const database = entries
      .map(({ folder, name }) => databaseAt(image, folder, name))
      .find((found) => found?.owns(change));
    const what = database?.main ?? keys.join(' ');
    const isKept = chance(what) === 'kept' && !keys.some((key) => lost.has(key));
    if (!isKept) for (const key of keys) lost.add(key);
    return isKept;
  });
}

function withContent(
  node: DiskNode,
  synced: Buffer | undefined,
  fate: Fate,
  isDatabase: boolean,
): DiskNode {
  if (node.kind !== 'file') return node;
  const [now, then] = [node.content ?? Buffer.alloc(0), synced ?? Buffer.alloc(0)];
  if (now.equals(then) || fate === 'kept') return node;
  // SQLite's transactions are atomic: what it has not made durable is there as a whole or not at all.
  if (fate === 'lost' || isDatabase) return { ...node, content: then };
  return { ...node, content: torn(then, now) };
}

/** The new beginning, up to the middle of what differs, and then the old end. */
function torn(then: Buffer, now: Buffer): Buffer {
  const longest = Math.max(then.length, now.length);
  let first = 0;
  while (first < longest && then[first] === now[first]) first += 1;
  const cut = Math.min(first + Math.ceil((now.length - first) / 2), now.length);
  return Buffer.concat([now.subarray(0, cut), then.subarray(cut)]);
}
