import { createHash } from 'node:crypto';
import type { SourceSummary } from '../../protocol/domain/backup.ts';
import type { KedgeError } from '../../protocol/failures.ts';
import type { Attribute } from '../os/attributes/attribute.ts';
import type { Archive } from './archive-reader.ts';
import { damaged } from './damage.ts';
import type { IndexMember } from './member.ts';
import { isOwn, ownFolder, showName, sourceOf } from './member-name.ts';
import type { TarCursor } from './tar-cursor.ts';
import { readTarEntry, type TarEntry } from './tar-reader.ts';

export const sumsName = Buffer.from(`${ownFolder}SHA256SUMS`);

/** Bounds memory; only files that changed while they were read come twice. */
const repeatedLimit = 1_000_000;

/** What the sums are checked with, noted on the way. */
export interface WalkedMembers {
  readonly count: number;
  /** Names that hard links point to, latin1. */
  readonly linkTargets: ReadonlySet<string>;
  /** The member SHA256SUMS. */
  readonly sums: IndexMember | undefined;
}

/** Gets the content of a member while that is verified. */
export interface ContentWatcher extends AsyncDisposable {
  /** The bytes are good until it ends. */
  write(bytes: Buffer): Promise<void>;
  /** All was given, and it is what was backed up. */
  end(): Promise<void>;
}

/** Who wants the content of a member; undefined: nobody. */
export type WatchContent = (member: IndexMember) => Promise<ContentWatcher | undefined>;

/** Walks over the whole tar beside the index. */
export async function verifyMembers(
  archive: Archive,
  tar: TarCursor,
  watch: WatchContent,
): Promise<WalkedMembers> {
  const linkTargets = new Set<string>();
  let sums: IndexMember | undefined;
  const tally = new Map<string, { members: number; bytes: number }>();
  const repeated = new Set<string>();
  let count = 0;
  for await (const member of archive.allMembers()) {
    if (member.deltas === undefined) {
      await verifyInTar(archive, tar, member, repeated, watch);
      repeated.delete(member.name.toString('latin1'));
    }
    tallyMember(tally, member);
    if (member.kind === 'hardlink' && member.linkTarget) {
      linkTargets.add(member.linkTarget.toString('latin1'));
    }
    if (member.name.equals(sumsName)) sums = member;
    count += 1;
  }
  if (!(await tar.atEnd()) || repeated.size > 0) {
    throw damaged(archive.reader, 'its tar holds members that its index does not list');
  }
  // What did not change since the base is counted beside the base.
  if (archive.header.kind === 'full') verifyCounts(archive, tally);
  return { count, linkTargets, sums };
}

async function verifyInTar(
  archive: Archive,
  tar: TarCursor,
  member: IndexMember,
  repeated: Set<string>,
  watch: WatchContent,
): Promise<void> {
  const entry = await reachMember(archive, tar, member, repeated);
  const difference = differenceOf(entry, member);
  if (difference !== undefined) {
    throw wrong(archive, member, `its ${difference} in the tar is not that of the index`);
  }
  await verifyContent(archive, tar, member, watch);
}

/** Passes by earlier copies of members that were written again later. */
async function reachMember(
  archive: Archive,
  tar: TarCursor,
  member: IndexMember,
  repeated: Set<string>,
): Promise<TarEntry> {
  const frame = archive.end.frames.at(member.firstFrame);
  const place = frame.tarOffset + member.offset;
  for (;;) {
    const entry = await walk(archive, member, () => readTarEntry(tar));
    if (entry === undefined) throw wrong(archive, member, 'the tar ends before it');
    if (tar.position === place) return entry;
    if (tar.position > place) throw wrong(archive, member, 'it is not where the index says');
    repeated.add(entry.name.toString('latin1'));
    if (repeated.size > repeatedLimit) throw wrong(archive, member, 'too much stands before it');
    await walk(archive, member, async () => {
      await tar.pass(entry.sizeBytes, () => undefined);
      await tar.padding(entry.sizeBytes);
    });
  }
}

async function verifyContent(
  archive: Archive,
  tar: TarCursor,
  member: IndexMember,
  watch: WatchContent,
): Promise<void> {
  const sum = createHash('sha256');
  await using watcher = await watch(member);
  await walk(archive, member, async () => {
    await tar.pass(member.sizeBytes, (bytes) => {
      sum.update(bytes);
      return watcher?.write(bytes);
    });
    await tar.padding(member.sizeBytes);
  });
  if (member.kind === 'file' && sum.digest('hex') !== member.sha256) {
    throw wrong(archive, member, 'its content has changed');
  }
  await watcher?.end();
}

/** What the tar header says otherwise than the index. */
function differenceOf(entry: TarEntry, member: IndexMember): string | undefined {
  const none = Buffer.alloc(0);
  if (!entry.name.equals(member.name)) return 'name';
  if (!(entry.linkTarget ?? none).equals(member.linkTarget ?? none)) return 'link target';
  if (entry.user !== (member.user ?? '') || entry.group !== (member.group ?? '')) return 'owner';
  if (!sameAttributes(entry.attributes, member.attributes ?? [])) return 'extended attributes';
  const keys = ['kind', 'sizeBytes', 'mode', 'uid', 'gid', 'mtimeNs', 'acl', 'defaultAcl'] as const;
  return keys.find((key) => entry[key] !== member[key]);
}

function sameAttributes(a: readonly Attribute[], b: readonly Attribute[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ name, value }, at) => b[at]?.name.equals(name) && b[at]?.value.equals(value))
  );
}

function tallyMember(
  tally: Map<string, { members: number; bytes: number }>,
  member: IndexMember,
): void {
  if (isOwn(member.name)) return;
  const name = sourceOf(member.name);
  const source = tally.get(name) ?? { members: 0, bytes: 0 };
  source.members += 1;
  source.bytes += member.sizeBytes;
  tally.set(name, source);
}

function verifyCounts(
  archive: Archive,
  tally: ReadonlyMap<string, { members: number; bytes: number }>,
): void {
  const { sources, contentBytes } = archive.header;
  const right = (source: SourceSummary): boolean => {
    const found = tally.get(source.name);
    return found?.members === source.members && found.bytes === source.bytes;
  };
  const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
  if (tally.size !== sources.length || !sources.every(right) || bytes !== contentBytes) {
    throw damaged(archive.reader, 'its index counts its sources wrongly');
  }
}

/** What goes wrong with the tar itself is damage at this member. */
async function walk<T>(archive: Archive, member: IndexMember, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof RangeError) {
      throw wrong(archive, member, error.message);
    }
    throw error;
  }
}

function wrong(archive: Archive, member: IndexMember, problem: string): KedgeError {
  return damaged(archive.reader, `member ${showName(member.name)}: ${problem}`);
}
