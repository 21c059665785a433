import { createHash, hash } from 'node:crypto';
import type { ArchiveEnd } from './archive-end.ts';
import { ArchiveHeader, formatVersion, headerLineLimit } from './archive-header.ts';
import { damaged, decoding } from './damage.ts';
import { FrameReader } from './frame-reader.ts';
import { decodeFrameLine, decodeMemberLine, type FrameLine } from './index-line.ts';
import { linesOf } from './lines.ts';
import type { IndexMember } from './member.ts';
import { isOwn, sourceOf } from './member-name.ts';
import type { RangedReader } from './ranged-reader.ts';

/**
 * Reads the whole tail once: proves its hash, that of the index, and each frame line against the seek table,
 * whose entries get their hashes from it. Of the index only the header is kept.
 */
export async function readIndex(reader: RangedReader, end: ArchiveEnd): Promise<ArchiveHeader> {
  const index = createHash('sha256');
  const chunks = tailContents(reader, end, (content) => index.update(content));
  let header: ArchiveHeader | undefined;
  let line = 0;
  for await (const bytes of indexLines(reader, chunks)) {
    if (header === undefined) header = decodeHeader(reader, bytes, end);
    else if (line > header.memberLines) takeFrameLine(reader, end, line, header, bytes);
    line += 1;
  }
  if (!index.digest().equals(end.locator.indexSha256)) {
    throw damaged(reader, 'its index has changed');
  }
  if (header === undefined || line !== 1 + header.memberLines + header.frameLines) {
    throw damaged(reader, 'its index has fewer or more lines than it announces');
  }
  return header;
}

/** All members of the index, Kedge's own included, in archive order. Needs a tail that was proven. */
export async function* readMembers(
  reader: RangedReader,
  end: ArchiveEnd,
  header: ArchiveHeader,
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
      yield placed(reader, end, withEngine(member, engines));
    }
    line += 1;
  }
}

function withEngine(member: IndexMember, engines: ReadonlyMap<string, string>): IndexMember {
  const engine = isOwn(member.name) ? undefined : engines.get(sourceOf(member.name));
  return engine === undefined ? member : { ...member, engine };
}

/** A member's content must lie inside the frames before the tail. */
function placed(reader: RangedReader, end: ArchiveEnd, member: IndexMember): IndexMember {
  const frame = member.firstFrame < end.tailFrame ? end.frames.at(member.firstFrame) : undefined;
  const fits =
    frame !== undefined &&
    member.offset <= frame.contentSize &&
    frame.tarOffset + member.offset + member.sizeBytes <= end.locator.tailTarOffset;
  if (!fits) throw damaged(reader, 'its index places a member outside of its frames');
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
    end.frames.setHashes(frame, {
      sha256: hash('sha256', compressed, 'buffer'),
      contentSha256: hash('sha256', content, 'buffer'),
    });
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
    yield* linesOf(chunks, headerLineLimit);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw damaged(reader, 'its index is not made of lines', error);
  }
}

function decodeHeader(reader: RangedReader, line: Buffer, end: ArchiveEnd): ArchiveHeader {
  const header = decoding(reader, 'the first line of its index', () =>
    ArchiveHeader.parse(JSON.parse(line.toString())),
  );
  if (header.format !== formatVersion || header.frameLines !== end.tailFrame) {
    throw damaged(reader, 'its index and its locator do not agree');
  }
  return header;
}

function takeFrameLine(
  reader: RangedReader,
  end: ArchiveEnd,
  line: number,
  header: ArchiveHeader,
  bytes: Buffer,
): void {
  const frame = line - 1 - header.memberLines;
  if (frame >= header.frameLines) throw damaged(reader, 'its index has too many lines');
  const found = decoding(reader, `line ${line + 1} of its index`, () => decodeFrameLine(bytes));
  if (!agrees(found, end, frame)) {
    throw damaged(reader, `its index and its seek table do not agree on frame ${frame}`);
  }
  end.frames.setHashes(frame, {
    sha256: Buffer.from(found.sha256, 'hex'),
    contentSha256: Buffer.from(found.contentSha256, 'hex'),
  });
}

function agrees(line: FrameLine, end: ArchiveEnd, frame: number): boolean {
  const entry = end.frames.at(frame);
  return line.at === entry.offset && line.size === entry.size && line.content === entry.contentSize;
}
