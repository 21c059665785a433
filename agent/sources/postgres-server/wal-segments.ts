import type { WalRange } from './manifest.ts';

/** How a segment begins: 8 bytes of other things, then the place of its first byte, u64 LE. */
export const segmentStartBytes = 40;
const placeAt = 8;
/** Its length, u32 LE: only in the first page of a segment. Source: access/xlog_internal.h. */
const lengthAt = 32;

/** What was met of a segment. */
export interface Segment {
  readonly sizeBytes: number;
  readonly start: Buffer;
}

/** What is missing of the log that makes a backup whole; undefined: it is there. By name, such as 000000010000000000000002. */
export function walProblem(
  ranges: readonly WalRange[],
  segments: ReadonlyMap<string, Segment>,
): string | undefined {
  const [any] = segments.values();
  if (ranges.length === 0 || any === undefined) return 'its pg_wal is empty';
  const segmentBytes = lengthOf(any);
  if (segmentBytes === 0n) return 'its pg_wal is none of PostgreSQL';
  for (const { timeline, from, to } of ranges) {
    for (let number = from / segmentBytes; number * segmentBytes < to; number += 1n) {
      const name = nameOf(timeline, number, segmentBytes);
      const segment = segments.get(name);
      if (segment === undefined) return `pg_wal/${name} is missing`;
      const isWhole = BigInt(segment.sizeBytes) === segmentBytes;
      if (!isWhole || placeOf(segment) !== number * segmentBytes) {
        return `pg_wal/${name} is not what its name says`;
      }
    }
  }
  return undefined;
}

function placeOf({ start }: Segment): bigint | undefined {
  return start.length < segmentStartBytes ? undefined : start.readBigUInt64LE(placeAt);
}

/** 0: it has none. A power of two from 1 MiB to 1 GiB. */
function lengthOf({ start }: Segment): bigint {
  if (start.length < segmentStartBytes) return 0n;
  const length = start.readUInt32LE(lengthAt);
  const isLength = length >= 1 << 20 && length <= 1 << 30 && (length & (length - 1)) === 0;
  return isLength ? BigInt(length) : 0n;
}

function nameOf(timeline: number, number: bigint, segmentBytes: bigint): string {
  const inOne = 0x1_0000_0000n / segmentBytes;
  return [BigInt(timeline), number / inOne, number % inOne]
    .map((part) => part.toString(16).toUpperCase().padStart(8, '0'))
    .join('');
}
