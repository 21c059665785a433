import { basename } from 'node:path';
import type { OpenDestination } from '../destination.ts';
import { refuseTooLarge, refuseWithoutSpace } from '../space.ts';
import { type FarEnd, partialCopyId } from './copy-archive.ts';
import type { CopyItem } from './copy-order.ts';

/** Before anything is written: each file by itself where the far end has a limit, and all of them together. */
export async function refuseWhatWillNotFit(
  items: readonly CopyItem[],
  { destination, installation }: FarEnd,
): Promise<void> {
  let bytes = 0;
  for (const item of items) {
    if (item.there !== undefined) continue;
    refuseTooLarge(destination, item.sizeBytes, `"${basename(item.from)}"`);
    const there = await bytesThere(destination, partialCopyId(installation, item.backup));
    bytes += Math.max(0, item.sizeBytes - there);
  }
  await refuseWithoutSpace([{ folder: destination.folder, bytes }]);
}

/** Of an earlier try that is gone on with. */
async function bytesThere(destination: OpenDestination, id: string): Promise<number> {
  const partial = await destination.resume(id);
  if (partial === undefined) return 0;
  try {
    return (await partial.file.stat()).size;
  } finally {
    await partial.file.close();
  }
}
