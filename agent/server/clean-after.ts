import { join } from 'node:path';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import type { Destination } from '../../protocol/methods/backup.ts';
import { clearAfterDrill } from '../drill/scratch.ts';
import type { JobOrder } from '../jobs/job-order.ts';
import { diffListPath } from '../jobs/perform-diff.ts';
import { removeFile, removeTree } from '../os/files.ts';
import { realPathOf } from '../os/real-path.ts';
import { elsewhereStaging } from '../restore/modes/run-elsewhere.ts';
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
  const scratch = join(daemon.places.state, 'scratch', String(job));
  // First: the application that it started may still write there.
  if (order.kind === 'drill') await clearAfterDrill(order.scratch ?? scratch, order.drill);
  await removeTree(scratch);
  if (order.kind === 'restore' && order.plan.mode?.kind === 'elsewhere') {
    const { folder } = order.plan.mode;
    await removeTree(elsewhereStaging(await realPathOf(folder), job));
  }
  if (order.kind === 'diff') await removeFile(diffListPath(daemon.places.state, job));
  if (order.kind === 'transfer') await cleanUpPartials(order.folder, order.upload);
  const written = writtenBy(order);
  if (written === undefined) return;
  const { backupId, destination } = written;
  const folder =
    destination.kind === 'folder'
      ? destination.folder
      : daemon.configFile.inForce()?.stores[destination.store]?.path;
  if (folder !== undefined) await cleanUpPartials(folder, backupId);
}

function writtenBy(
  order: JobOrder,
): { readonly backupId: string; readonly destination: Destination } | undefined {
  if (order.kind === 'backup' || order.kind === 'consolidate') return order;
  return order.kind === 'restore' && order.safety?.kind === 'to' ? order.safety : undefined;
}
