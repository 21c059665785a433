import type { Work } from '../../os/work.ts';
import type { CopyItem } from './copy-order.ts';

/** Tells how far all of them are; what was read back of one is told by its verify. */
export function copyProgress(
  items: readonly CopyItem[],
  work: Work,
): (item: CopyItem, done: number) => void {
  const total = items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const ahead = new Map<string, number>();
  let sum = 0;
  for (const { backup, sizeBytes } of items) {
    ahead.set(backup, sum);
    sum += sizeBytes;
  }
  return ({ backup }, done) => work.progress('copy', (ahead.get(backup) ?? 0) + done, total);
}
