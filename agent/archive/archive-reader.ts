import { type ArchiveEnd, readEnd } from './archive-end.ts';
import type { ArchiveHeader } from './archive-header.ts';
import { damaged } from './damage.ts';
import type { DeltaFrame } from './delta-frame.ts';
import { FrameReader } from './frame-reader.ts';
import { readIndex, readMembers, readRemoved } from './index-reader.ts';
import type { IndexMember } from './member.ts';
import { isOwn, showName } from './member-name.ts';
import type { RangedReader } from './ranged-reader.ts';
import { assertZstdSound } from './zstd-frame.ts';

export type { IndexMember };

/** A text member is read whole. */
const textLimit = 8 << 20;

/** An archive whose locator, tail, index and seek table are sound and agree. The reader stays the caller's. */
export interface Archive {
  readonly reader: RangedReader;
  readonly header: ArchiveHeader;
  /** SHA-256 of the index, hex: what a differential names its base by. */
  readonly indexSha256: string;
  /** Frames before the tail. */
  readonly frameCount: number;
  /** Locator and frame table, for those who read the file as it lies. */
  readonly end: ArchiveEnd;
  /** The members of the sources, in archive order, each name once. */
  members(): AsyncIterable<IndexMember>;
  /** What Kedge adds (`.kedge/`) included. */
  allMembers(): AsyncIterable<IndexMember>;
  /** Of a differential: delta frames by number, and names of the base that are gone. */
  readonly deltas: ReadonlyMap<number, DeltaFrame>;
  removed(): AsyncIterable<Buffer>;
  /**
   * The content of a file; each frame is checked. A part is good until the next one is asked
   * for: then its memory may be freed. Of what is made of deltas only a chain has the content.
   */
  content(member: IndexMember, signal: AbortSignal): AsyncIterable<Buffer>;
  /** A part of it, reading only the frames that hold it. */
  slice(
    member: IndexMember,
    offset: number,
    length: number,
    signal: AbortSignal,
  ): AsyncIterable<Buffer>;
  /** A small text member such as `.kedge/application.jsonc`. */
  text(name: string): Promise<string>;
}

/** Fails with archive-not-ours, archive-newer or archive-damaged. */
export async function openArchive(reader: RangedReader): Promise<Archive> {
  await assertZstdSound();
  const end = await readEnd(reader);
  const index = await readIndex(reader, end);
  const { header, deltas } = index;
  const frames = new FrameReader(reader, end.frames);
  const allMembers = () => readMembers(reader, end, index);
  return {
    reader,
    header,
    indexSha256: end.locator.indexSha256.toString('hex'),
    frameCount: end.tailFrame,
    end,
    members: () => ofSources(allMembers()),
    allMembers,
    deltas,
    removed: () => readRemoved(reader, end, header),
    content: (member, signal) => readSlice(end, frames, member, wholeOf(member), signal),
    slice: (member, offset, length, signal) =>
      readSlice(end, frames, member, { offset, length }, signal),
    text: async (name) => {
      const member = await findMember(reader, allMembers(), name);
      const parts: Buffer[] = [];
      const signal = new AbortController().signal;
      for await (const part of readSlice(end, frames, member, wholeOf(member), signal)) {
        parts.push(Buffer.from(part));
      }
      return Buffer.concat(parts).toString();
    },
  };
}

async function* ofSources(members: AsyncIterable<IndexMember>): AsyncGenerator<IndexMember> {
  for await (const member of members) {
    if (!isOwn(member.name)) yield member;
  }
}

async function findMember(
  reader: RangedReader,
  members: AsyncIterable<IndexMember>,
  name: string,
): Promise<IndexMember> {
  const wanted = Buffer.from(name);
  for await (const member of members) {
    if (member.name.equals(wanted) && member.sizeBytes <= textLimit) return member;
  }
  throw damaged(reader, `it has no text ${showName(wanted)}`);
}

interface Part {
  readonly offset: number;
  readonly length: number;
}

function wholeOf({ sizeBytes }: IndexMember): Part {
  return { offset: 0, length: sizeBytes };
}

async function* readSlice(
  end: ArchiveEnd,
  frames: FrameReader,
  member: IndexMember,
  part: Part,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  if (member.deltas !== undefined) throw new Error('a member made of deltas was read by itself');
  let left = Math.min(part.length, member.sizeBytes - part.offset);
  if (left <= 0) return;
  const from = end.frames.at(member.firstFrame).tarOffset + member.offset + part.offset;
  const first = end.frames.firstFrom(from + 1) - 1;
  const after = Math.min(end.frames.firstFrom(from + left), end.tailFrame);
  let skip = from - end.frames.at(first).tarOffset;
  for await (const content of frames.contents(first, after, signal)) {
    const bytes = content.subarray(skip, skip + left);
    skip = 0;
    left -= bytes.length;
    if (bytes.length > 0) yield bytes;
  }
}
