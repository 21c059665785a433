import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * What a frame line knows of the compressed bytes, some bits of which can flip without changing the content that
 * the SHA-256 of members covers: their CRC-32, four bytes big-endian; in format 1 their SHA-256, which took a
 * twentieth of a full's processor time.
 */
export type FrameSum = Uint8Array;

/** The longest one, bytes. */
export const frameSumLimit = 32;
const crcSize = 4;

export function crcSum(crc: number): FrameSum {
  const sum = Buffer.alloc(crcSize);
  sum.writeUInt32BE(crc);
  return sum;
}

export function shaSum(compressed: Buffer): FrameSum {
  return hash('sha256', compressed, 'buffer');
}

export function fitsSum(compressed: Buffer, sum: FrameSum): boolean {
  const found = sum.length === crcSize ? crcSum(crc32(compressed)) : shaSum(compressed);
  return Buffer.compare(found, sum) === 0;
}

/** The fields of a frame line. */
export interface SumFields {
  readonly crc32?: string | undefined;
  readonly sha256?: string | undefined;
}

export function encodeSum(sum: FrameSum): SumFields {
  const hex = Buffer.from(sum).toString('hex');
  return sum.length === crcSize ? { crc32: hex } : { sha256: hex };
}

/** Throws where a line has none, or both. */
export function decodeSum({ crc32, sha256 }: SumFields): FrameSum {
  const hex = crc32 ?? sha256;
  if (hex === undefined || (crc32 !== undefined && sha256 !== undefined)) {
    throw new RangeError('a frame needs one checksum of its compressed bytes');
  }
  return Buffer.from(hex, 'hex');
}

/** 48 bits that tell a frame from others. */
export function frameKey(sum: FrameSum, size: number): number {
  const bytes = Buffer.from(sum.buffer, sum.byteOffset, sum.length);
  if (sum.length !== crcSize) return bytes.readUIntBE(0, 6);
  return bytes.readUInt32BE() * 0x1_0000 + (size & 0xffff);
}
