import { join } from 'node:path';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import type { Destination } from '../../protocol/methods/backup.ts';
import { configuredSources } from '../backup/configured-sources.ts';
import { clearAfterDrill } from '../drill/scratch.ts';
import { clearServers } from '../drill/try-servers.ts';
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
  await cleanFiles(daemon, job, order);
  // Last: a server that does not answer must not keep files from going.
  if (!besideSources.has(order.kind)) await clearSources(daemon, job);
}

/** They ask no source, and so leave nothing in one. */
const besideSources: ReadonlySet<JobOrder['kind']> = new Set([
  'verify',
  'extract',
  'consolidate',
  'diff',
  'salvage',
  'transfer',
  'copy',
  'import',
  'reset',
]);

async function cleanFiles(daemon: Daemon, job: number, order: JobOrder): Promise<void> {
  const scratch = join(daemon.places.state, 'scratch', String(job));
  // First: the application that it started may still write there.
  if (order.kind === 'drill') await clearAfterDrill(order.scratch ?? scratch, order.drill);
  await removeTree(scratch);
  if (order.kind === 'drill') await clearTrials(daemon);
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

const clearMs = 30_000;

async function clearTrials({ configFile, state }: Daemon): Promise<void> {
  const config = configFile.inForce();
  if (config === undefined) return;
  await clearServers(config, state.installation, AbortSignal.timeout(clearMs));
}

/** Beside each other: what follows the end of a job, such as its recovery, waits for the slowest server, not for all. */
async function clearSources({ configFile, state }: Daemon, job: number): Promise<void> {
  const config = configFile.inForce();
  if (config === undefined) return;
  const { installation } = state;
  const cleared = await Promise.allSettled(
    configuredSources(config).map(
      async (source) => await source.clearAfter?.({ job, installation }),
    ),
  );
  const failed = cleared.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

function writtenBy(
  order: JobOrder,
): { readonly backupId: string; readonly destination: Destination } | undefined {
  if (order.kind === 'backup' || order.kind === 'consolidate') return order;
  return order.kind === 'restore' && order.safety?.kind === 'to' ? order.safety : undefined;
}
