import { type ArchiveEnd, readEnd } from './archive-end.ts';
import type { ArchiveHeader } from './archive-header.ts';
import { damaged } from './damage.ts';
import { FrameReader } from './frame-reader.ts';
import { readIndex, readMembers } from './index-reader.ts';
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
  /** The content of a file; each frame is checked on both hashes. */
  content(member: IndexMember, signal: AbortSignal): AsyncIterable<Buffer>;
  /** A small text member such as `.kedge/application.jsonc`. */
  text(name: string): Promise<string>;
}

/** Fails with archive-not-ours, archive-newer or archive-damaged. */
export async function openArchive(reader: RangedReader): Promise<Archive> {
  await assertZstdSound();
  const end = await readEnd(reader);
  const header = await readIndex(reader, end);
  const frames = new FrameReader(reader, end.frames);
  const allMembers = () => readMembers(reader, end, header);
  return {
    reader,
    header,
    indexSha256: end.locator.indexSha256.toString('hex'),
    frameCount: end.tailFrame,
    end,
    members: () => ofSources(allMembers()),
    allMembers,
    content: (member, signal) => readContent(end, frames, member, signal),
    text: async (name) => {
      const member = await findMember(reader, allMembers(), name);
      const parts: Buffer[] = [];
      const signal = new AbortController().signal;
      for await (const part of readContent(end, frames, member, signal)) parts.push(part);
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

async function* readContent(
  end: ArchiveEnd,
  frames: FrameReader,
  member: IndexMember,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let left = member.sizeBytes;
  if (left === 0) return;
  let skip = member.offset;
  const after = firstFrameAfter(end, member);
  for await (const content of frames.contents(member.firstFrame, after, signal)) {
    const part = content.subarray(skip, skip + left);
    skip = 0;
    left -= part.length;
    if (part.length > 0) yield part;
  }
}

function firstFrameAfter(end: ArchiveEnd, member: IndexMember): number {
  const contentEnd = end.frames.at(member.firstFrame).tarOffset + member.offset + member.sizeBytes;
  let frame = member.firstFrame;
  while (frame < end.tailFrame && end.frames.at(frame).tarOffset < contentEnd) frame += 1;
  return frame;
}
