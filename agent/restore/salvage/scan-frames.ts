import { crc32 } from 'node:zlib';
import { crcSum, frameKey, shaSum } from '../../archive/frame-sum.ts';
import type { RangedReader } from '../../archive/ranged-reader.ts';
import { decompressFrame, frameChecksum, frameSizeLimit } from '../../archive/zstd-frame.ts';
import { FileWindow } from './file-window.ts';
import { layoutAt } from './frame-layout.ts';
import { guessAhead, guessSize } from './guess-size.ts';
import { findNextFrame } from './resync.ts';

/** A stretch of a damaged file. */
export type Piece =
  /** A frame that decodes with its checksum. */
  | {
      readonly kind: 'good';
      readonly at: number;
      readonly size: number;
      readonly contentSize: number;
      readonly checksum: number;
      /** What an index may know it by. */
      readonly keys: readonly number[];
    }
  /** A frame whose headers are whole and whose content is lost. */
  | { readonly kind: 'bad'; readonly at: number; readonly size: number }
  | { readonly kind: 'delta'; readonly at: number; readonly size: number }
  /** No frame, or the part of one: how much of the tar is lost is not known. */
  | { readonly kind: 'gap'; readonly at: number; readonly size: number };

/** Most frames are shorter than this: 1 MiB of content. */
const usual = 2 << 20;

/**
 * Walks over the frames of a file from its first byte, without its end. Each good one is shown to `look`
 * with its content and its number among the pieces.
 */
export async function scanFrames(
  reader: RangedReader,
  signal: AbortSignal,
  look: (content: Buffer, piece: number) => Promise<void>,
  onBytes: (done: number) => void,
): Promise<readonly Piece[]> {
  const window = new FileWindow(reader);
  const pieces: Piece[] = [];
  for (let at = 0; at < reader.sizeBytes; ) {
    signal.throwIfAborted();
    const piece = await pieceAt(window, at, reader.sizeBytes, (content) =>
      look(content, pieces.length),
    );
    if (piece === 'end') {
      at += await endSize(window, at);
      continue;
    }
    if (piece !== undefined) pieces.push(piece);
    else pieces.push(await gapFrom(window, at, reader.sizeBytes, signal));
    at += pieces.at(-1)?.size ?? 1;
    onBytes(at);
  }
  return pieces;
}

async function pieceAt(
  window: FileWindow,
  at: number,
  sizeBytes: number,
  look: (content: Buffer) => Promise<void>,
): Promise<Piece | 'end' | undefined> {
  const bytes = await frameBytes(window, at);
  const layout = layoutAt(bytes, 0);
  if (!('size' in layout) || at + layout.size > sizeBytes) return undefined;
  if (layout.kind !== 'data')
    return layout.kind === 'end' ? 'end' : { ...layout, kind: 'delta', at };
  const { size, contentSize } = layout;
  const frame = bytes.subarray(0, size);
  const content = await decompressFrame(frame, contentSize).catch(() => undefined);
  if (content === undefined) {
    return (await isFollowed(window, at + size, sizeBytes)) ? { kind: 'bad', at, size } : undefined;
  }
  await look(content);
  const checksum = frameChecksum(frame);
  return {
    kind: 'good',
    at,
    size,
    contentSize,
    checksum,
    keys: [crcSum(crc32(frame)), shaSum(frame)].map((sum) => frameKey(sum, size)),
  };
}

async function frameBytes(window: FileWindow, at: number): Promise<Buffer> {
  const bytes = await window.from(at, usual);
  return layoutAt(bytes, 0).kind === 'short' ? await window.from(at, frameSizeLimit) : bytes;
}

/** Headers that lead to another frame, or to the end, are believed. */
async function isFollowed(window: FileWindow, at: number, sizeBytes: number): Promise<boolean> {
  if (at >= sizeBytes) return at === sizeBytes;
  const bytes = await window.from(at, usual);
  return layoutAt(bytes, 0).kind !== 'none' && bytes.length >= 8;
}

async function endSize(window: FileWindow, at: number): Promise<number> {
  const layout = layoutAt(await window.from(at, 8), 0);
  return 'size' in layout ? layout.size : 1;
}

async function gapFrom(
  window: FileWindow,
  at: number,
  sizeBytes: number,
  signal: AbortSignal,
): Promise<Piece> {
  const guessed = guessSize(await window.from(at, guessAhead), at, sizeBytes);
  if (guessed !== undefined) return { kind: 'bad', at, size: guessed };
  const next = await findNextFrame(window, at + 1, sizeBytes, signal);
  return { kind: 'gap', at, size: next - at };
}
