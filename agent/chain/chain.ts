import { KedgeError } from '../../protocol/failures.ts';
import { type Archive, openArchive } from '../archive/archive-reader.ts';
import type { IndexMember } from '../archive/member.ts';
import { sourceOf } from '../archive/member-name.ts';
import type { RangedReader } from '../archive/ranged-reader.ts';
import { baseMissing, openBase, type WantedBase } from './base.ts';
import { patchedContent } from './patched-content.ts';

/** What restore, verify and browse read: a full, or a full and a differential as if they were one archive. */
export interface Chain extends AsyncDisposable {
  /** Of the archive that was asked for. */
  readonly reader: RangedReader;
  readonly header: Archive['header'];
  /** Of its index, hex; pins its full too, where it has one. */
  readonly indexSha256: string;
  /** The full that it needs; absent: it is one. */
  readonly base?: Archive;
  /** The members of the sources, each name once, hard links after their targets. */
  members(): AsyncIterable<IndexMember>;
  content(member: IndexMember, signal: AbortSignal): AsyncIterable<Buffer>;
}

/** Looks for a full; undefined: it is nowhere. The reader becomes the chain's. */
export type FindBase = (wanted: WantedBase) => Promise<RangedReader | undefined>;

/**
 * Opens an archive and, of a differential, its full, pinned by id and index. Fails as `openArchive` does, and
 * with base-missing where the full is not there, damaged or another. The archive's reader stays the caller's.
 */
export async function openChain(reader: RangedReader, findBase: FindBase): Promise<Chain> {
  const archive = await openArchive(reader);
  if (archive.header.base === undefined) return chainOfOne(archive);
  await using opened = new AsyncDisposableStack();
  const base = await openBase(archive, archive.header.base, findBase, opened);
  const changes = await readChanges(archive);
  const kept = opened.move();
  return {
    reader,
    header: archive.header,
    indexSha256: archive.indexSha256,
    base,
    members: () => members(archive, base, changes),
    content: (member, signal) => namingBase(archive, base, content(archive, base, member, signal)),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function chainOfOne(archive: Archive): Chain {
  return {
    reader: archive.reader,
    header: archive.header,
    indexSha256: archive.indexSha256,
    members: archive.members,
    content: archive.content,
    [Symbol.asyncDispose]: async () => undefined,
  };
}

/** What a differential says of the members of its base, by name as latin1. */
interface Changes {
  /** New, changed or gone: what the base has of that name does not count. */
  readonly superseded: ReadonlySet<string>;
  /** Folders take the place of the same folder in the base, so that they come before what is in them. */
  readonly folders: ReadonlyMap<string, IndexMember>;
  readonly sources: ReadonlySet<string>;
}

async function readChanges(archive: Archive): Promise<Changes> {
  const superseded = new Set<string>();
  const folders = new Map<string, IndexMember>();
  for await (const member of archive.members()) {
    superseded.add(keyOf(member.name));
    if (member.kind === 'directory') folders.set(keyOf(member.name), member);
  }
  for await (const name of archive.removed()) superseded.add(keyOf(name));
  const sources = new Set(archive.header.sources.map(({ name }) => name));
  return { superseded, folders, sources };
}

/** First what of the base still holds, then what the differential has, in its order: links come after targets. */
async function* members(
  archive: Archive,
  base: Archive,
  changes: Changes,
): AsyncGenerator<IndexMember> {
  const old = new Map<string, IndexMember>();
  const given = new Set<string>();
  for await (const member of base.members()) {
    const key = keyOf(member.name);
    const standing = standingOf(member, key, changes);
    if (standing !== undefined) yield standing;
    if (standing?.kind === 'directory') given.add(key);
    // Only files of this size have deltas.
    if (member.sizeBytes >= archive.header.blockSize) old.set(key, member);
  }
  for await (const member of archive.members()) {
    const key = keyOf(member.name);
    if (member.kind === 'directory' && given.has(key)) continue;
    const before = member.deltas === undefined ? undefined : old.get(key);
    yield before === undefined ? member : { ...member, old: before };
  }
}

/** What stands in the place of a member of the base. */
function standingOf(
  member: IndexMember,
  key: string,
  { superseded, folders, sources }: Changes,
): IndexMember | undefined {
  if (!sources.has(sourceOf(member.name))) return undefined;
  if (!superseded.has(key)) return { ...member, fromBase: true };
  return member.kind === 'directory' ? folders.get(key) : undefined;
}

function content(
  archive: Archive,
  base: Archive,
  member: IndexMember,
  signal: AbortSignal,
): AsyncIterable<Buffer> {
  if (member.fromBase === true) return base.content(member, signal);
  if (member.deltas === undefined) return archive.content(member, signal);
  return patchedContent(archive, base, member, signal);
}

/** Damage that is met in the full is named as what it is to the differential. */
async function* namingBase(
  archive: Archive,
  base: Archive,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } catch (error) {
    if (error instanceof KedgeError && error.failure.params['path'] === base.reader.path) {
      throw baseMissing(archive, error.message, error);
    }
    throw error;
  }
}

function keyOf(name: Buffer): string {
  return name.toString('latin1');
}
