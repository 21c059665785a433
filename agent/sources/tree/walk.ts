import { type BigIntStats, lstatSync, readdirSync } from 'node:fs';
import { isOwnName } from './own-names.ts';
import { readProblem } from './read-problem.ts';

export interface Entry {
  readonly kind: 'entry';
  readonly relative: Buffer;
  readonly path: Buffer;
  readonly stat: BigIntStats;
}

/** What a walk meets, folders before what they hold. `relative` is empty for the root itself. */
export type Found =
  | Entry
  | { readonly kind: 'problem'; readonly relative: Buffer; readonly reason: string };

/** Says whether a path is not wanted; of a folder, with all below it. */
export type LeftOut = (relative: Buffer) => boolean;

const slash = Buffer.from('/');
const empty = Buffer.alloc(0);
const storeMarker = Buffer.from('.kedge-store.json');

/**
 * All below a root in a fixed order, names as bytes. Folders of Kedge's own and its stores are not entered.
 * The calls are synchronous: a stat through the thread pool costs ten times as much, and a job is a process
 * of its own.
 */
export function walk(root: Buffer, leftOut: LeftOut): Generator<Found, void, undefined> {
  return walkFrom(root, empty, leftOut);
}

function* walkFrom(
  root: Buffer,
  relative: Buffer,
  leftOut: LeftOut,
): Generator<Found, void, undefined> {
  const found = look(relative.length === 0 ? root : joinBytes(root, relative), relative);
  if (found.kind === 'problem' || !found.stat.isDirectory()) {
    yield found;
    return;
  }
  const listing = list(found.path);
  if (relative.length > 0 && isKedgeFolder(relative, listing.names)) return;
  yield found;
  if (listing.reason !== undefined) yield { kind: 'problem', relative, reason: listing.reason };
  for (const name of listing.names) {
    const below = relative.length === 0 ? name : joinBytes(relative, name);
    if (!leftOut(below)) yield* walkFrom(root, below, leftOut);
  }
}

export function joinBytes(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, slash, name]);
}

function look(path: Buffer, relative: Buffer): Found {
  try {
    return { kind: 'entry', relative, path, stat: lstatSync(path, { bigint: true }) };
  } catch (error) {
    return { kind: 'problem', relative, reason: readProblem(error) };
  }
}

function list(path: Buffer): { readonly names: readonly Buffer[]; readonly reason?: string } {
  try {
    return { names: readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare) };
  } catch (error) {
    return { names: [], reason: readProblem(error) };
  }
}

/** Where restores stage, and stores. */
function isKedgeFolder(relative: Buffer, names: readonly Buffer[]): boolean {
  const name = relative.subarray(relative.lastIndexOf('/') + 1).toString('latin1');
  return isOwnName(name) || names.some((found) => found.equals(storeMarker));
}
