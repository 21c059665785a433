import { readSync } from 'node:fs';

/**
 * Header of the index of a -wal, as it stands in the -shm: what the last commit left. All numbers in the
 * byte order of the machine. Source: sqlite.org/walformat.html 2.1, wal.c (WalIndexHdr, WalCkptInfo).
 */
export interface WalIndexHeader {
  /** Equal bytes mean the same committed state. */
  readonly bytes: Buffer;
  /** Number of the last frame of the last commit; 0: the -wal counts for nothing. */
  readonly lastFrame: number;
  /** Pages of the database after that commit. */
  readonly pageCount: number;
  readonly pageSize: number;
  /** As they stand in the header of the -wal and of each frame. */
  readonly salts: Buffer;
  /** Checksum of the last frame, as it stands in that frame. */
  readonly frameChecksum: Buffer;
}

const headerSize = 48;
const checksummed = 40;
const backfilledAt = 96;
const knownVersion = 3_007_000;

/** Undefined: it is being written just now, or is of another format or byte order. */
export function readWalIndex(shm: number): WalIndexHeader | undefined {
  const both = Buffer.alloc(2 * headerSize);
  if (readSync(shm, both, 0, both.length, 0) < both.length) return undefined;
  const bytes = both.subarray(0, headerSize);
  if (!bytes.equals(both.subarray(headerSize)) || !isSound(bytes)) return undefined;
  return {
    bytes,
    lastFrame: bytes.readUInt32LE(16),
    pageCount: bytes.readUInt32LE(20),
    pageSize: pageSizeOf(bytes.readUInt16LE(14)),
    salts: bytes.subarray(32, 40),
    // Kept as numbers here and big-endian in the frame.
    frameChecksum: Buffer.from(bytes.subarray(24, 32)).swap32(),
  };
}

/** How many frames checkpoints have put into the main file already. */
export function readBackfilled(shm: number): number {
  const bytes = Buffer.alloc(4);
  readSync(shm, bytes, 0, 4, backfilledAt);
  return bytes.readUInt32LE(0);
}

function isSound(bytes: Buffer): boolean {
  if (bytes.readUInt32LE(0) !== knownVersion || bytes.readUInt8(12) === 0) return false;
  let [first, second] = [0, 0];
  for (let at = 0; at < checksummed; at += 8) {
    first = (first + bytes.readUInt32LE(at) + second) >>> 0;
    second = (second + bytes.readUInt32LE(at + 4) + first) >>> 0;
  }
  return first === bytes.readUInt32LE(40) && second === bytes.readUInt32LE(44);
}

/** 65536 does not fit into 16 bits and is stored as 1. */
function pageSizeOf(stored: number): number {
  return stored === 1 ? 65_536 : stored;
}
