import { freeBytes } from './free-bytes.ts';
import { compressFrame, decompressFrame } from './zstd-frame.ts';

/** Skippable frame whose payload is a zstd frame that needs bytes of the base: plain tools pass it by. */
const deltaMagic = 0x184d2a5c;
export const deltaHeaderSize = 8;

/** What the payload of a delta frame unpacks to: `length` bytes that are these pages, or this block. */
export interface DeltaFrame {
  readonly length: number;
  /** Runs of page numbers: first, count, first, count, ... ascending. */
  readonly pages?: Uint32Array;
  readonly block?: number;
}

export function wrapDelta(payload: Buffer): readonly Buffer[] {
  const header = Buffer.alloc(deltaHeaderSize);
  header.writeUInt32LE(deltaMagic, 0);
  header.writeUInt32LE(payload.length, 4);
  return [header, payload];
}

/** Whether these bytes are exactly one delta frame. */
export function isDelta(frame: Buffer): boolean {
  return (
    frame.length > deltaHeaderSize &&
    frame.readUInt32LE(0) === deltaMagic &&
    frame.readUInt32LE(4) === frame.length - deltaHeaderSize
  );
}

/** `old`: what stood at the same places in the base, in order; pieces that were not there are empty. */
export async function compressDelta(content: Buffer, old: readonly Buffer[]): Promise<Buffer> {
  const dictionary = dictionaryOf(old);
  const frame = await compressFrame(content, dictionary);
  if (dictionary !== undefined) freeBytes(dictionary);
  return frame;
}

export async function decompressDelta(
  payload: Buffer,
  length: number,
  old: readonly Buffer[],
): Promise<Buffer> {
  const dictionary = dictionaryOf(old);
  const content = await decompressFrame(payload, length, dictionary);
  if (dictionary !== undefined) freeBytes(dictionary);
  return content;
}

/** Eight zeros keep content that begins with zstd's magic number from being taken for a formatted dictionary. */
function dictionaryOf(old: readonly Buffer[]): Buffer | undefined {
  return old.every((piece) => piece.length === 0)
    ? undefined
    : Buffer.concat([Buffer.alloc(8), ...old]);
}

export function runsOf(pages: readonly number[]): Uint32Array {
  const runs: number[] = [];
  let next = -1;
  for (const page of pages) {
    if (page === next) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
    else runs.push(page, 1);
    next = page + 1;
  }
  return Uint32Array.from(runs);
}

export function pagesIn(runs: Uint32Array): readonly number[] {
  const pages: number[] = [];
  for (let at = 0; at + 1 < runs.length; at += 2) {
    const [first = 0, count = 0] = runs.subarray(at, at + 2);
    for (let nth = 0; nth < count; nth++) pages.push(first + nth);
  }
  return pages;
}

export function encodeDeltaFrame({ length, pages, block }: DeltaFrame) {
  return {
    length,
    ...(pages && { pages: [...pages] }),
    ...(block !== undefined && { block }),
  };
}

/** Throws what can't be; undefined: no delta frame. */
export function decodeDeltaFrame(line: {
  readonly length?: number | undefined;
  readonly pages?: readonly number[] | undefined;
  readonly block?: number | undefined;
}): DeltaFrame | undefined {
  const { length, pages, block } = line;
  if (length === undefined) return undefined;
  if ((pages === undefined) === (block === undefined)) {
    throw new RangeError('a delta frame is of pages or of a block');
  }
  if (pages === undefined) return { length, ...(block !== undefined && { block }) };
  if (!areRuns(pages, length)) throw new RangeError('the pages of a delta frame are out of order');
  return { length, pages: Uint32Array.from(pages) };
}

/** As the format has it. */
const pagesAtMost = 64;

/** Ascending, apart from each other, and not more than a frame may have. */
function areRuns(runs: readonly number[], length: number): boolean {
  let end = 0;
  let pages = 0;
  for (let at = 0; at < runs.length; at += 2) {
    const [first = -1, count = 0] = runs.slice(at, at + 2);
    // Of what is no number every comparison is false.
    if (!Number.isInteger(first) || !Number.isInteger(count)) return false;
    if (first < end || count < 1 || first + count > 0xffffffff) return false;
    end = first + count + 1;
    pages += count;
  }
  return runs.length > 0 && pages <= Math.min(pagesAtMost, length);
}
