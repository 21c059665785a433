import { frameContentLimit, frameSizeLimit } from '../../archive/zstd-frame.ts';

/** What begins at a place of a file, going by its headers alone. `size`: bytes in the file. */
export type FrameLayout =
  | { readonly kind: 'data'; readonly size: number; readonly contentSize: number }
  /** Skippable frames of ours: a delta, and what stands at the end. */
  | { readonly kind: 'delta' | 'end'; readonly size: number }
  /** It goes on beyond the bytes that were given. */
  | { readonly kind: 'short' }
  | { readonly kind: 'none' };

const zstdMagic = 0xfd2fb528;
const deltaMagic = 0x184d2a5c;
const locatorMagic = 0x184d2a5d;
const seekTableMagic = 0x184d2a5e;
/** A seek table of 4,194,304 frames. */
const endSizeLimit = 64 << 20;
/** 8 MiB in blocks of at most 128 KiB are 64; small ones come from flushing. */
const blockLimit = 256;
const blockSizeLimit = 128 << 10;

/** Magic numbers as they lie in the file, for a search. */
export const magics: readonly Buffer[] = [zstdMagic, deltaMagic, locatorMagic, seekTableMagic].map(
  (magic) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(magic);
    return bytes;
  },
);

/**
 * Reads the headers of a frame and of its blocks (RFC 8878), not what is in them. Only what our writer
 * makes counts: content size and checksum there, no dictionary.
 */
export function layoutAt(bytes: Buffer, at: number): FrameLayout {
  if (at + 8 > bytes.length) return { kind: 'short' };
  const magic = bytes.readUInt32LE(at);
  if (magic === zstdMagic) return dataLayout(bytes, at);
  const size = 8 + bytes.readUInt32LE(at + 4);
  if (magic === deltaMagic && size <= frameSizeLimit) return { kind: 'delta', size };
  const isEnd = magic === locatorMagic || magic === seekTableMagic;
  return isEnd && size <= endSizeLimit ? { kind: 'end', size } : { kind: 'none' };
}

function dataLayout(bytes: Buffer, at: number): FrameLayout {
  const header = readHeader(bytes, at);
  if (header === 'short') return { kind: 'short' };
  if (header === undefined || header.contentSize > frameContentLimit) return { kind: 'none' };
  const end = endOfBlocks(bytes, at + header.length);
  if (end === 'short') return { kind: 'short' };
  if (end === undefined || end + 4 - at > frameSizeLimit) return { kind: 'none' };
  // The checksum follows.
  const size = end + 4 - at;
  if (end + 4 > bytes.length) return { kind: 'short' };
  return { kind: 'data', size, contentSize: header.contentSize };
}

/**
 * Where the blocks of a frame end that begin at a place. `assumed`: the number of a block that is taken for one
 * of 128 KiB stored as it is, whatever its header says.
 */
export function endOfBlocks(
  bytes: Buffer,
  first: number,
  assumed?: number,
): number | 'short' | undefined {
  let next = first;
  for (let block = 0; block < blockLimit; block++) {
    if (next + 3 > bytes.length) return 'short';
    const word = block === assumed ? blockSizeLimit << 3 : bytes.readUIntLE(next, 3);
    const [isLast, type, length] = [(word & 1) === 1, (word >> 1) & 3, word >> 3];
    if (type === 3 || length > blockSizeLimit) return undefined;
    // Of a run of one byte only that byte is there.
    next += 3 + (type === 1 ? 1 : length);
    if (isLast) return next;
  }
  return undefined;
}

/** Undefined: not a header of ours. */
function readHeader(bytes: Buffer, at: number) {
  const descriptor = bytes.readUInt8(at + 4);
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  // Bit 2: checksum; bits 0 and 1: dictionary; bit 3 must be 0.
  if ((descriptor & 0x0f) !== 0x04 || (sizeFlag === 0 && !isSingle)) return undefined;
  const sizeAt = at + 5 + (isSingle ? 0 : 1);
  const width = 1 << sizeFlag;
  const length = sizeAt + width - at;
  if (at + length > bytes.length) return 'short';
  const contentSize =
    width === 8 ? Number(bytes.readBigUInt64LE(sizeAt)) : bytes.readUIntLE(sizeAt, width);
  return { length, contentSize: width === 2 ? contentSize + 256 : contentSize };
}
