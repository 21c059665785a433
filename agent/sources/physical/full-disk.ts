import { KedgeError } from '../../../protocol/failures.ts';
import { spaceOf } from '../../os/files.ts';
import { wordBytes } from '../../os/word-bytes.ts';

/** Of the kernel, and of InnoDB, which gives its number only. */
const full =
  /No space left on device|[Dd]isk is full|Disk full|OS error(?: number)?:? 28\b|errno: 28\b/;

/** Fails with no-space where a server has ended for that: what it was started on is not to blame. */
export async function refuseFullDisk(said: string, folder: string): Promise<void> {
  if (!full.test(said)) return;
  const { freeBytes } = await spaceOf(folder);
  throw new KedgeError('no-space', { path: folder, needed: 'more', free: wordBytes(freeBytes) });
}
