import { hash } from 'node:crypto';

/** Where the tail lies; the place to start reading from. All places and lengths in bytes. */
export interface Locator {
  readonly version: number;
  readonly flags: number;
  /** The compressed tail in the file. */
  readonly tailOffset: number;
  readonly tailLength: number;
  /** The tail, and the content of `.kedge/index` in it, in the tar. */
  readonly tailTarOffset: number;
  readonly indexTarOffset: number;
  readonly indexLength: number;
  readonly indexSha256: Buffer;
  /** Of the tail's compressed bytes. */
  readonly tailSha256: Buffer;
  readonly seekTableSha256: Buffer;
}

const skippableMagic = 0x184d2a5d;
export const locatorSize = 184;
/** Bounds what a reader takes for a locator of a later version. */
export const locatorSizeLimit = 64 << 10;
const hashSize = 32;

/** Skippable frame 0x184D2A5D: header, version, flags (u32 LE), five u64 LE, three hashes, hash of all before. */
export function encodeLocator(locator: Locator): Buffer {
  const bytes = Buffer.alloc(locatorSize);
  bytes.writeUInt32LE(skippableMagic, 0);
  bytes.writeUInt32LE(locatorSize - 8, 4);
  bytes.writeUInt32LE(locator.version, 8);
  bytes.writeUInt32LE(locator.flags, 12);
  const places = [
    locator.tailOffset,
    locator.tailLength,
    locator.tailTarOffset,
    locator.indexTarOffset,
    locator.indexLength,
  ];
  places.forEach((place, nth) => {
    bytes.writeBigUInt64LE(BigInt(place), 16 + nth * 8);
  });
  bytes.set(locator.indexSha256, 56);
  bytes.set(locator.tailSha256, 88);
  bytes.set(locator.seekTableSha256, 120);
  bytes.set(hash('sha256', bytes.subarray(0, locatorSize - hashSize), 'buffer'), 152);
  return bytes;
}

/** Whether these bytes are a locator at all, of any version. */
export function isLocator(bytes: Buffer): boolean {
  return bytes.readUInt32LE(0) === skippableMagic && bytes.readUInt32LE(4) === bytes.length - 8;
}

/** In every version the last 32 bytes are the SHA-256 of all before them, and the version stands at 8. */
export function isLocatorSound(bytes: Buffer): boolean {
  const end = bytes.length - hashSize;
  return hash('sha256', bytes.subarray(0, end), 'buffer').equals(bytes.subarray(end));
}

export function locatorVersion(bytes: Buffer): number {
  return bytes.readUInt32LE(8);
}

/** Decodes a sound locator of version 1 or 2. */
export function decodeLocator(bytes: Buffer): Locator {
  const place = (nth: number): number => Number(bytes.readBigUInt64LE(16 + nth * 8));
  return {
    version: locatorVersion(bytes),
    flags: bytes.readUInt32LE(12),
    tailOffset: place(0),
    tailLength: place(1),
    tailTarOffset: place(2),
    indexTarOffset: place(3),
    indexLength: place(4),
    indexSha256: bytes.subarray(56, 88),
    tailSha256: bytes.subarray(88, 120),
    seekTableSha256: bytes.subarray(120, 152),
  };
}
