import { fstatSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { WalIndexHeader } from './wal-index.ts';

/** Page `page` (from 1) of the database stands at `at` in the -wal. */
export interface WalPage {
  readonly page: number;
  readonly at: number;
}

/** Where the -wal has newer pages than the main file. */
export interface WalOverlay {
  /** Those from page `first` to page `last`, ascending. */
  between(first: number, last: number): readonly WalPage[];
}

export const noOverlay: WalOverlay = { between: () => [] };

const walHeaderSize = 32;
const frameHeaderSize = 24;
const framesAtOnce = 1024;
/** Page and frame go into one number of 53 bits: 8 GiB of -wal at 4 KiB a page, 16 MiB of memory. */
const frameBits = 21;
const framesAtMost = 2 ** frameBits - 1;

/**
 * Finds the last frame of each page among those of a snapshot, whose -wal can't be restarted meanwhile.
 * Undefined: it is too long, or not what its index says.
 */
export async function readOverlay(
  wal: number,
  { lastFrame, pageSize, salts, frameChecksum }: WalIndexHeader,
  signal: AbortSignal,
): Promise<WalOverlay | undefined> {
  const frameSize = frameHeaderSize + pageSize;
  if (lastFrame > framesAtMost) return undefined;
  if (fstatSync(wal).size < walHeaderSize + lastFrame * frameSize) return undefined;
  const header = Buffer.alloc(frameHeaderSize);
  const found = new Float64Array(lastFrame);
  for (let frame = 1; frame <= lastFrame; frame += 1) {
    readSync(wal, header, 0, frameHeaderSize, walHeaderSize + (frame - 1) * frameSize);
    if (!header.subarray(8, 16).equals(salts)) return undefined;
    found[frame - 1] = header.readUInt32BE(0) * 2 ** frameBits + frame;
    if (frame % framesAtOnce === 0) await setImmediate(undefined, { signal });
  }
  if (!header.subarray(16, 24).equals(frameChecksum)) return undefined;
  return overlayOf(found.sort(), frameSize);
}

function overlayOf(sorted: Float64Array, frameSize: number): WalOverlay {
  return {
    between(first, last) {
      const pages: WalPage[] = [];
      for (let index = firstAtLeast(sorted, first * 2 ** frameBits); ; index += 1) {
        const key = sorted[index] ?? Number.POSITIVE_INFINITY;
        const page = Math.floor(key / 2 ** frameBits);
        if (page > last) return pages;
        const at = walHeaderSize + ((key % 2 ** frameBits) - 1) * frameSize + frameHeaderSize;
        // Frames of a page stand in the order of time: the last one is what the snapshot sees.
        if (pages.at(-1)?.page === page) pages.pop();
        pages.push({ page, at });
      }
    },
  };
}

function firstAtLeast(sorted: Float64Array, wanted: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
