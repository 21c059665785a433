import { readSync } from 'node:fs';
import type { BlockPool } from '../../archive/block-pool.ts';
import { readAhead } from '../tree/read-ahead.ts';
import { fillFrom, noteFailure, type Reading } from '../tree/read-file.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * All pages of a snapshot in blocks of 1 MiB, as `readAhead` yields them. What cannot be read
 * is zeros, as the size is announced already; `reading` tells.
 */
export function readSnapshot(
  snapshot: Snapshot,
  reading: Reading,
  lent?: BlockPool,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { main, mainBytes, sizeBytes } = snapshot;
  const fill = async (block: Buffer, position: number): Promise<void> => {
    const inMain = Math.max(0, Math.min(block.length, mainBytes - position));
    await fillFrom(main, block.subarray(0, inMain), position, reading);
    block.fill(0, inMain);
    layOver(snapshot, block, position, reading);
  };
  return readAhead(sizeBytes, fill, lent);
}

function layOver(snapshot: Snapshot, block: Buffer, position: number, reading: Reading): void {
  const { pageSize, overlay, wal } = snapshot;
  // Pages count from 1.
  const first = position / pageSize + 1;
  const last = first + block.length / pageSize - 1;
  try {
    for (const { page, at } of overlay.between(first, last)) {
      const done = readSync(wal, block, (page - first) * pageSize, pageSize, at);
      if (done < pageSize) reading.short = true;
    }
  } catch (error) {
    noteFailure(reading, error);
  }
}
