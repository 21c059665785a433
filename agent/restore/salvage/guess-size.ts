import { endOfBlocks, layoutAt } from './frame-layout.ts';

/** Frames of ours are not longer. */
const frameLimit = (1 << 20) + 8192;
/** And the header of what follows. */
export const guessAhead = frameLimit + 64;

/** Sizes that the header of a frame of ours has, by how large its content is. */
const headerSizes = [9, 7, 6] as const;
const blocksInFrame = 9;

/**
 * Size of the frame at the start of `bytes`, one of whose headers has changed: that of the frame, or of one
 * block that was stored as it is. Proven by what follows; undefined: none fits.
 */
export function guessSize(bytes: Buffer, at: number, sizeBytes: number): number | undefined {
  for (const header of headerSizes) {
    for (let assumed = -1; assumed < blocksInFrame; assumed++) {
      const end = endOfBlocks(bytes, header, assumed);
      const size = typeof end === 'number' ? end + 4 : frameLimit + 1;
      if (size <= frameLimit && isFollowed(bytes, size, at, sizeBytes)) return size;
    }
  }
  return undefined;
}

function isFollowed(bytes: Buffer, size: number, at: number, sizeBytes: number): boolean {
  if (at + size === sizeBytes) return true;
  if (size + 8 > bytes.length) return false;
  return layoutAt(bytes, size).kind !== 'none';
}
