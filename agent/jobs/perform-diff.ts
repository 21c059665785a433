import { join } from 'node:path';
import type { BackupDiff } from '../../protocol/domain/diff.ts';
import { storeFolders } from '../backup/destination.ts';
import { diffBackups } from '../backup/diff-backups.ts';
import { makeFolder } from '../os/files.ts';
import type { Work } from '../os/work.ts';
import type { JobStart } from './job-messages.ts';
import type { JobOrder } from './job-order.ts';

/** Where the lists of all that diffs found lie, for some days. */
export function diffListFolder(stateFolder: string): string {
  return join(stateFolder, 'diffs');
}

/** JSON lines: too long for a result. */
export function diffListPath(stateFolder: string, job: number): string {
  return join(diffListFolder(stateFolder), `${job}.jsonl`);
}

export async function performDiff(
  { stateFolder, job, config }: JobStart,
  { before, after, rows }: Extract<JobOrder, { kind: 'diff' }>,
  work: Work,
): Promise<BackupDiff> {
  await makeFolder(diffListFolder(stateFolder));
  const order = { before: before.path, after: after.path, rows };
  return await diffBackups(order, storeFolders(config), diffListPath(stateFolder, job), work);
}
