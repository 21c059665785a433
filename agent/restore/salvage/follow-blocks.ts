import { blockSize } from '../../archive/frame-writer.ts';
import { paddingOf } from '../../archive/tar-header.ts';
import { isZero, readBundle } from './loose-bundle.ts';
import type { PieceReader } from './piece-reader.ts';

/** Where the content of a large member lies: the pieces of its first blocks, and of those from `resumed` on. */
export interface FollowedBlocks {
  /** Undefined: a block that is lost. What neither list has is lost too. */
  readonly before: readonly (number | undefined)[];
  readonly after: readonly (number | undefined)[];
  /** Number of the block that `after` begins with. */
  readonly resumed: number;
  /** The piece after them, and whether it is known to begin with the padding of this member. */
  readonly next: number;
  readonly isSynced: boolean;
}

/**
 * Follows the frames of a large member, one a block. A frame that is lost counts as one block; where the
 * number of lost ones is not known, those before the next bundle are taken from the end.
 */
export async function followBlocks(
  from: PieceReader,
  first: number,
  sizeBytes: number,
): Promise<FollowedBlocks> {
  const count = Math.ceil(sizeBytes / blockSize);
  const before: (number | undefined)[] = [];
  let next = first;
  for (; before.length < count; next++) {
    const piece = from.pieces[next];
    if (piece === undefined) break;
    if (piece.kind === 'delta') continue;
    if (piece.kind === 'bad') before.push(undefined);
    else if (piece.kind === 'good' && piece.contentSize === sizeOf(before.length, sizeBytes)) {
      before.push(next);
    } else return await alignFromEnd(from, next, before, sizeBytes);
  }
  return { before, after: [], resumed: count, next, isSynced: before.length === count };
}

/** After a gap: the frames up to the bundle that opens with this member's padding are its last ones, if they fit. */
async function alignFromEnd(
  from: PieceReader,
  gap: number,
  before: readonly (number | undefined)[],
  sizeBytes: number,
): Promise<FollowedBlocks> {
  const count = Math.ceil(sizeBytes / blockSize);
  const none = { before, after: [], resumed: count };
  const start = from.pieces[gap]?.kind === 'gap' ? gap + 1 : gap;
  const last = await lastBlocks(from, start, sizeBytes, count - before.length);
  if (last === undefined) return { ...none, next: start, isSynced: false };
  const resumed = count - last.pieces.length;
  const fits = last.pieces.every((piece, nth) =>
    isBlock(from, piece, sizeOf(resumed + nth, sizeBytes)),
  );
  const { next } = last;
  if (!fits || resumed <= before.length) return { ...none, next: start, isSynced: false };
  const after = last.pieces.map((piece) =>
    from.pieces[piece]?.kind === 'good' ? piece : undefined,
  );
  return { before, after, resumed, next, isSynced: true };
}

/** The frames from `start` to before the bundle that opens as one after this member does. */
async function lastBlocks(
  from: PieceReader,
  start: number,
  sizeBytes: number,
  most: number,
): Promise<{ readonly pieces: readonly number[]; readonly next: number } | undefined> {
  const pieces: number[] = [];
  for (let next = start; pieces.length <= most; next++) {
    const piece = from.pieces[next];
    if (piece === undefined || piece.kind === 'gap') return undefined;
    if (piece.kind === 'delta') continue;
    if (await opensAfter(from, next, sizeBytes)) return { pieces, next };
    pieces.push(next);
  }
  return undefined;
}

async function opensAfter(from: PieceReader, piece: number, sizeBytes: number): Promise<boolean> {
  if (from.pieces[piece]?.kind !== 'good') return false;
  const content = await from.content(piece);
  const padding = paddingOf(sizeBytes);
  if (content.length <= padding || !isZero(content.subarray(0, padding))) return false;
  return (await readBundle(content, padding)).isWhole;
}

function isBlock(from: PieceReader, number: number, size: number): boolean {
  const piece = from.pieces[number];
  return piece?.kind === 'bad' || (piece?.kind === 'good' && piece.contentSize === size);
}

function sizeOf(block: number, sizeBytes: number): number {
  return Math.min(blockSize, sizeBytes - block * blockSize);
}
