import { createHash } from 'node:crypto';
import type { ArchiveEnd } from './archive-end.ts';
import { ArchiveHeader, headerLineLimit } from './archive-header.ts';
import { damaged, decoding } from './damage.ts';
import { type DeltaFrame, decodeDeltaFrame } from './delta-frame.ts';
import { FrameReader } from './frame-reader.ts';
import { decodeSum, shaSum } from './frame-sum.ts';
import { blockSize } from './frame-writer.ts';
import {
  decodeFrameLine,
  decodeMemberLine,
  decodeRemovedLine,
  type FrameLine,
} from './index-line.ts';
import { linesOf } from './lines.ts';
import type { IndexMember } from './member.ts';
import { isOwn, sourceOf } from './member-name.ts';
import { isPageSize } from './page-hashes.ts';
import { parseLine } from './parse-line.ts';
import type { RangedReader } from './ranged-reader.ts';
import { frameContentLimit } from './zstd-frame.ts';

/**
 * Reads the whole tail once: proves its hash, that of the index, and each frame line against the seek table,
 * whose entries get their hashes from it. Of the index only the header is kept.
 */
export async function readIndex(reader: RangedReader, end: ArchiveEnd): Promise<ReadIndex> {
  const index = createHash('sha256');
  const chunks = tailContents(reader, end, (content) => index.update(content));
  const deltas = new Map<number, DeltaFrame>();
  let header: ArchiveHeader | undefined;
  let line = 0;
  for await (const bytes of indexLines(reader, chunks)) {
    if (header === undefined) header = decodeHeader(reader, bytes, end);
    else if (line >= firstFrameLine(header)) {
      const delta = takeFrameLine(reader, end, line, header, bytes);
      if (delta !== undefined) deltas.set(line - firstFrameLine(header), delta);
    }
    line += 1;
  }
  if (!index.digest().equals(end.locator.indexSha256)) {
    throw damaged(reader, 'its index has changed');
  }
  if (header === undefined || line !== firstFrameLine(header) + header.frameLines) {
    throw damaged(reader, 'its index has fewer or more lines than it announces');
  }
  return { header, deltas };
}

/** What of an index is kept: its first line, and its delta frames by number. */
export interface ReadIndex {
  readonly header: ArchiveHeader;
  readonly deltas: ReadonlyMap<number, DeltaFrame>;
}

/** Longer than the attributes of a member, or the pages of a delta frame, make any line but the first. */
const lineLimit = 4 << 20;

function firstFrameLine(header: ArchiveHeader): number {
  return 1 + header.memberLines + (header.removedLines ?? 0);
}

/** Names of the base that are gone, of a differential. Needs a tail that was proven. */
export async function* readRemoved(
  reader: RangedReader,
  end: ArchiveEnd,
  header: ArchiveHeader,
): AsyncGenerator<Buffer> {
  if (header.removedLines === undefined) return;
  const frames = new FrameReader(reader, end.frames);
  const index = frames.contents(end.tailFrame + 1, end.frames.length - 1);
  let line = 0;
  for await (const bytes of indexLines(reader, index)) {
    if (line >= firstFrameLine(header)) return;
    if (line > header.memberLines) {
      yield decoding(reader, `line ${line + 1} of its index`, () => decodeRemovedLine(bytes));
    }
    line += 1;
  }
}

/** All members of the index, Kedge's own included, in archive order. Needs a tail that was proven. */
export async function* readMembers(
  reader: RangedReader,
  end: ArchiveEnd,
  { header, deltas }: ReadIndex,
): AsyncGenerator<IndexMember> {
  const engines = new Map(header.sources.map((source) => [source.name, source.engine]));
  const frames = new FrameReader(reader, end.frames);
  const index = frames.contents(end.tailFrame + 1, end.frames.length - 1);
  let line = 0;
  for await (const bytes of indexLines(reader, index)) {
    if (line > header.memberLines) return;
    if (line > 0) {
      const member = decoding(reader, `line ${line + 1} of its index`, () =>
        decodeMemberLine(bytes),
      );
      yield placed(reader, end, deltas, withEngine(member, engines));
    }
    line += 1;
  }
}

function withEngine(member: IndexMember, engines: ReadonlyMap<string, string>): IndexMember {
  const engine = isOwn(member.name) ? undefined : engines.get(sourceOf(member.name));
  return engine === undefined ? member : { ...member, engine };
}

/** A member's content must lie inside the frames before the tail. */
function placed(
  reader: RangedReader,
  end: ArchiveEnd,
  deltas: ReadonlyMap<number, DeltaFrame>,
  member: IndexMember,
): IndexMember {
  if (member.deltas !== undefined) return placedDeltas(reader, deltas, member);
  const frame = member.firstFrame < end.tailFrame ? end.frames.at(member.firstFrame) : undefined;
  const fits =
    frame !== undefined &&
    member.offset <= frame.contentSize &&
    frame.tarOffset + member.offset + member.sizeBytes <= end.locator.tailTarOffset;
  if (!fits) throw damaged(reader, 'its index places a member outside of its frames');
  return member;
}

/** Its delta frames must be there, all of pages or all of blocks, ascending. */
function placedDeltas(
  reader: RangedReader,
  deltas: ReadonlyMap<number, DeltaFrame>,
  member: IndexMember,
): IndexMember {
  const { pageSize = blockSize } = member;
  const isPaged = pageSize === blockSize || isPageSize(pageSize, blockSize);
  if (!isPaged || member.sizeBytes < blockSize) {
    throw damaged(reader, 'its index makes a member of deltas that can not have any');
  }
  let next = 0;
  for (let frame = member.firstFrame; frame < member.firstFrame + (member.deltas ?? 0); frame++) {
    const delta = deltas.get(frame);
    const isPages = delta?.pages !== undefined;
    const first = delta?.pages?.[0] ?? delta?.block ?? -1;
    if (isPages !== (member.pageSize !== undefined) || first < next) {
      throw damaged(reader, 'its index makes a member of delta frames that are not its own');
    }
    next = first + 1;
  }
  return member;
}

/** Content of the index, frame by frame, while the tail is hashed and each of its frames noted. */
async function* tailContents(
  reader: RangedReader,
  end: ArchiveEnd,
  onIndex: (content: Buffer) => void,
): AsyncGenerator<Buffer> {
  const tail = createHash('sha256');
  const last = end.frames.length - 1;
  let frame = end.tailFrame;
  const frames = new FrameReader(reader, end.frames);
  for await (const { compressed, content } of frames.readAhead(frame, last + 1)) {
    tail.update(compressed);
    end.frames.setHashes(frame, { sum: shaSum(compressed) });
    if (frame > end.tailFrame && frame < last) {
      onIndex(content);
      yield content;
    }
    frame += 1;
  }
  if (!tail.digest().equals(end.locator.tailSha256)) {
    throw damaged(reader, 'its tail has changed');
  }
}

async function* indexLines(
  reader: RangedReader,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  try {
    let limit = headerLineLimit;
    for await (const line of linesOf(chunks, headerLineLimit)) {
      if (line.length > limit) throw new RangeError(`a line is longer than ${limit} bytes`);
      yield line;
      limit = lineLimit;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw damaged(reader, 'its index is not made of lines', error);
  }
}

function decodeHeader(reader: RangedReader, line: Buffer, end: ArchiveEnd): ArchiveHeader {
  const header = decoding(reader, 'the first line of its index', () =>
    ArchiveHeader.parse(parseLine(line)),
  );
  const isKnown = header.format === end.locator.version && header.blockSize === blockSize;
  if (!isKnown || header.frameLines !== end.tailFrame) {
    throw damaged(reader, 'its index and its locator do not agree');
  }
  const isDifferential = header.kind === 'differential';
  const { base, removedLines } = header;
  if ([base, removedLines].some((key) => (key !== undefined) !== isDifferential))
    throw damaged(reader, 'its index does not say what it is');
  return header;
}

function takeFrameLine(
  reader: RangedReader,
  end: ArchiveEnd,
  line: number,
  header: ArchiveHeader,
  bytes: Buffer,
): DeltaFrame | undefined {
  const frame = line - firstFrameLine(header);
  if (frame >= header.frameLines) throw damaged(reader, 'its index has too many lines');
  const [found, sum, delta] = decoding(reader, `line ${line + 1} of its index`, () => {
    const decoded = decodeFrameLine(bytes);
    return [decoded, decodeSum(decoded), decodeDeltaFrame(decoded)] as const;
  });
  const isDelta = found.content === 0;
  const mayBe = isDelta === (delta !== undefined) && (!isDelta || header.kind === 'differential');
  const fits = mayBe && (delta?.length ?? 1) > 0 && (delta?.length ?? 0) <= frameContentLimit;
  if (!fits || !agrees(found, end, frame)) {
    throw damaged(reader, `its index and its seek table do not agree on frame ${frame}`);
  }
  end.frames.setHashes(frame, {
    sum,
    ...(found.contentSha256 && { contentSha256: Buffer.from(found.contentSha256, 'hex') }),
  });
  return delta;
}

function agrees(line: FrameLine, end: ArchiveEnd, frame: number): boolean {
  const entry = end.frames.at(frame);
  return line.at === entry.offset && line.size === entry.size && line.content === entry.contentSize;
}
