import { createHash, hash } from 'node:crypto';
import { ArchiveHeader, formatVersion, headerLineLimit } from '../../archive/archive-header.ts';
import { decodeSum, frameKey } from '../../archive/frame-sum.ts';
import { FrameTable } from '../../archive/frame-table.ts';
import { decodeFrameLine, type FrameLine } from '../../archive/index-line.ts';
import { linesOf } from '../../archive/lines.ts';
import { encodeLocator, locatorSize } from '../../archive/locator.ts';
import { parseLine } from '../../archive/parse-line.ts';
import type { RangedReader } from '../../archive/ranged-reader.ts';
import { emptyChecksum, encodeSeekTable } from '../../archive/seek-table.ts';
import { paddingOf, tarBlock } from '../../archive/tar-header.ts';
import { compressFrame, frameChecksum } from '../../archive/zstd-frame.ts';
import type { Landmark } from './landmarks.ts';
import { contentAt, type PieceContent, type PieceReader } from './piece-reader.ts';
import type { Piece } from './scan-frames.ts';
import { joinSegments, type Segment } from './segments.ts';

/**
 * A damaged file whose index is whole, as a reader of what it was: each frame of the index where it was, taken
 * from where it lies now, and behind them an end made anew. Undefined: the index is not to be had.
 */
export async function repairEnd(
  from: PieceReader,
  index: Landmark | undefined,
): Promise<RangedReader | undefined> {
  const content = index === undefined ? undefined : contentAt(from, index);
  if (index === undefined || content === undefined) return undefined;
  const frames = new FrameTable();
  const segments: Segment[] = [];
  const read = await readFrameLines(content, async (line) => {
    const at = placeOf(from, line);
    frames.append(line.size, line.content, await checksumAt(from.reader, line, at));
    segments.push({ at: line.at, size: line.size, from: at });
  }).catch(() => undefined);
  if (read === undefined) return undefined;
  const tail = await appendTail(from, index, content, frames, segments);
  const seekTable = encodeSeekTable(frames, locatorSize);
  const locator = encodeLocator({
    version: read.format,
    flags: 0,
    ...tail,
    indexLength: index.sizeBytes,
    indexSha256: read.sha256,
    seekTableSha256: hash('sha256', seekTable, 'buffer'),
  });
  const end = Buffer.concat([locator, seekTable]);
  segments.push({ at: frames.end.offset, size: end.length, from: end });
  return joinSegments(from.reader, segments);
}

/** Shows each frame of the index in order; throws where the lines are not those of an index. */
async function readFrameLines(
  content: PieceContent,
  onFrame: (line: FrameLine) => Promise<void>,
): Promise<{ readonly sha256: Buffer; readonly format: number }> {
  const sum = createHash('sha256');
  let header: ArchiveHeader | undefined;
  let line = 0;
  let end = 0;
  for await (const bytes of linesOf(hashing(content, sum), headerLineLimit)) {
    header ??= knownHeader(bytes);
    if (line > header.memberLines + (header.removedLines ?? 0)) {
      const frame = decodeFrameLine(bytes);
      if (frame.at !== end) throw new RangeError('the frames of an index leave a gap');
      end += frame.size;
      await onFrame(frame);
    }
    line += 1;
  }
  if (header === undefined) throw new RangeError('an index is empty');
  return { sha256: sum.digest(), format: header.format };
}

function knownHeader(line: Buffer): ArchiveHeader {
  const header = ArchiveHeader.parse(parseLine(line));
  if (header.format > formatVersion) throw new RangeError('an index is of a later format');
  return header;
}

async function* hashing(
  content: PieceContent,
  sum: ReturnType<typeof createHash>,
): AsyncGenerator<Buffer> {
  for await (const chunk of content.chunks()) {
    sum.update(chunk);
    yield chunk;
  }
}

/** By its sum, wherever it lies now; else where it was. */
function placeOf(from: PieceReader, line: FrameLine): number {
  const piece = piecesByKey(from).get(frameKey(decodeSum(line), line.size));
  return piece?.size === line.size ? piece.at : line.at;
}

const byKey = new WeakMap<PieceReader, ReadonlyMap<number, Piece>>();

function piecesByKey(from: PieceReader): ReadonlyMap<number, Piece> {
  const known = byKey.get(from);
  if (known !== undefined) return known;
  const made = new Map<number, Piece>();
  for (const piece of from.pieces) {
    if (piece.kind === 'good') for (const key of piece.keys) made.set(key, piece);
  }
  byKey.set(from, made);
  return made;
}

/** Of a frame that is lost it does not matter: its sum tells. */
async function checksumAt(reader: RangedReader, line: FrameLine, at: number): Promise<number> {
  if (line.content === 0) return emptyChecksum;
  if (line.size < 4 || at + line.size > reader.sizeBytes) return 0;
  return frameChecksum(await reader.read(at + line.size - 4, 4));
}

/** Header, index and padding; the last is made anew, as it may be lost. */
async function appendTail(
  from: PieceReader,
  index: Landmark,
  content: PieceContent,
  frames: FrameTable,
  segments: Segment[],
) {
  const { offset: tailOffset, tarOffset: tailTarOffset } = frames.end;
  const tail = createHash('sha256');
  for (const number of [index.piece, ...content.numbers]) {
    const piece = from.pieces[number];
    if (piece?.kind !== 'good') throw new Error('the pieces of the index are not good');
    tail.update(await from.reader.read(piece.at, piece.size));
    segments.push({ at: frames.end.offset, size: piece.size, from: piece.at });
    frames.append(piece.size, piece.contentSize, piece.checksum);
  }
  const zeros = Buffer.alloc(paddingOf(index.sizeBytes) + 2 * tarBlock);
  const last = await compressFrame(zeros);
  tail.update(last);
  segments.push({ at: frames.end.offset, size: last.length, from: last });
  frames.append(last.length, zeros.length, frameChecksum(last));
  return {
    tailOffset,
    tailLength: frames.end.offset - tailOffset,
    tailTarOffset,
    indexTarOffset: tailTarOffset + index.offset,
    tailSha256: tail.digest(),
  };
}
