import { damaged } from '../../archive/damage.ts';
import type { RangedReader } from '../../archive/ranged-reader.ts';

/** So many bytes of a file that is put together: from a place of another, or given. */
export interface Segment {
  readonly at: number;
  readonly size: number;
  readonly from: number | Buffer;
}

/** A file put together of segments that follow each other; disposing it leaves `reader` open. */
export function joinSegments(reader: RangedReader, segments: readonly Segment[]): RangedReader {
  const last = segments.at(-1);
  return {
    path: reader.path,
    sizeBytes: last === undefined ? 0 : last.at + last.size,
    read: async (offset, length) => {
      const parts: Buffer[] = [];
      for (let at = offset; at < offset + length; ) {
        const segment = segmentAt(segments, at);
        if (segment === undefined) throw damaged(reader, `it has no byte ${at}`);
        const skip = at - segment.at;
        const size = Math.min(segment.size - skip, offset + length - at);
        parts.push(await readPart(reader, segment, skip, size));
        at += size;
      }
      return Buffer.concat(parts);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function segmentAt(segments: readonly Segment[], at: number): Segment | undefined {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const segment = segments[low - 1];
  return segment !== undefined && at < segment.at + segment.size ? segment : undefined;
}

async function readPart(
  reader: RangedReader,
  { from }: Segment,
  skip: number,
  size: number,
): Promise<Buffer> {
  if (typeof from !== 'number') return from.subarray(skip, skip + size);
  if (from + skip + size > reader.sizeBytes) {
    throw damaged(reader, 'it was cut off before a frame that its index lists');
  }
  return await reader.read(from + skip, size);
}
