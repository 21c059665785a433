import { join } from 'node:path';
import type { JobOrder } from '../jobs/job-order.ts';
import { removeTree } from '../os/files.ts';
import { cleanUpPartials } from '../stores/local/partials.ts';
import type { Daemon } from './daemon.ts';

/** What a job that died could not remove itself. */
export async function cleanAfter(daemon: Daemon, job: number, order: JobOrder): Promise<void> {
  await removeTree(join(daemon.places.state, 'scratch', String(job)));
  if (order.kind !== 'backup') return;
  const folder =
    order.destination.kind === 'folder'
      ? order.destination.folder
      : daemon.config().stores[order.destination.store]?.path;
  if (folder !== undefined) await cleanUpPartials(folder, order.backupId);
}
