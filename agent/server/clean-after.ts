import { join } from 'node:path';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import type { JobOrder } from '../jobs/job-order.ts';
import { diffListPath } from '../jobs/perform-diff.ts';
import { removeFile, removeTree } from '../os/files.ts';
import { cleanUpPartials } from '../stores/local/partials.ts';
import type { Daemon } from './daemon.ts';

/** What a job that died could not remove itself. A destination that can't be read now is only logged. */
export async function cleanAfterSafely(
  daemon: Daemon,
  job: number,
  order: JobOrder,
): Promise<void> {
  await cleanAfter(daemon, job, order).catch((error: unknown) => {
    daemon.log.write('error', `after job ${job}: ${wordFailure(failureOf(error)).message}`);
  });
}

async function cleanAfter(daemon: Daemon, job: number, order: JobOrder): Promise<void> {
  await removeTree(join(daemon.places.state, 'scratch', String(job)));
  if (order.kind === 'diff') await removeFile(diffListPath(daemon.places.state, job));
  if (order.kind === 'transfer') await cleanUpPartials(order.folder, order.upload);
  if (order.kind !== 'backup' && order.kind !== 'consolidate') return;
  const folder =
    order.destination.kind === 'folder'
      ? order.destination.folder
      : daemon.configFile.inForce()?.stores[order.destination.store]?.path;
  if (folder !== undefined) await cleanUpPartials(folder, order.backupId);
}
