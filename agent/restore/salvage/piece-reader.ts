import { damaged } from '../../archive/damage.ts';
import type { RangedReader } from '../../archive/ranged-reader.ts';
import { decompressFrame } from '../../archive/zstd-frame.ts';
import type { Landmark } from './landmarks.ts';
import type { Piece } from './scan-frames.ts';

/** The pieces of a scanned file, and the content of the good ones. */
export interface PieceReader {
  readonly reader: RangedReader;
  readonly pieces: readonly Piece[];
  content(piece: number): Promise<Buffer>;
}

export function readPieces(reader: RangedReader, pieces: readonly Piece[]): PieceReader {
  return {
    reader,
    pieces,
    content: async (number) => {
      const piece = pieces[number];
      if (piece?.kind !== 'good') throw damaged(reader, `piece ${number} of it is lost`);
      return await decompressFrame(await reader.read(piece.at, piece.size), piece.contentSize);
    },
  };
}

/** The content of a member that begins at a landmark; undefined: a part of it is lost. */
export function contentAt(from: PieceReader, landmark: Landmark): PieceContent | undefined {
  const first = from.pieces[landmark.piece];
  if (first?.kind !== 'good') return undefined;
  const inFirst = Math.min(landmark.sizeBytes, first.contentSize - landmark.offset);
  const numbers: number[] = [];
  let left = landmark.sizeBytes - inFirst;
  for (let number = landmark.piece + 1; left > 0; number++) {
    const piece = from.pieces[number];
    if (piece?.kind !== 'good' || piece.contentSize > left) return undefined;
    numbers.push(number);
    left -= piece.contentSize;
  }
  return { numbers, chunks: () => chunks(from, landmark, inFirst, numbers) };
}

export interface PieceContent {
  /** The pieces after the first that hold it. */
  readonly numbers: readonly number[];
  chunks(): AsyncGenerator<Buffer>;
}

async function* chunks(
  from: PieceReader,
  { piece, offset }: Landmark,
  inFirst: number,
  numbers: readonly number[],
): AsyncGenerator<Buffer> {
  if (inFirst > 0) yield (await from.content(piece)).subarray(offset, offset + inFirst);
  for (const number of numbers) yield await from.content(number);
}
