import { dirname } from 'node:path';
import type { Job } from '../../protocol/domain/job.ts';
import { isFinished } from '../../protocol/domain/job.ts';
import { checkReferences } from '../config/check-references.ts';
import type { Config } from '../config/config.ts';
import { parseConfig } from '../config/parse-config.ts';
import { JobOrder } from '../jobs/job-order.ts';
import { recoverTextOf } from '../restore/recover-machine/recover-text.ts';
import type { Daemon } from './daemon.ts';

/** Nothing yet: enough to look at archives. */
const empty: Config = { application: { id: 'none', name: 'none' }, sources: {}, stores: {} };

/** What a job works by that brings an application onto a machine without a configuration; undefined: it is no such job. */
export function configOfRecovery(
  order: JobOrder,
): { readonly config: Config; readonly text: string } | undefined {
  if (order.kind === 'recover-plan') return { config: empty, text: '' };
  const text = textOf(order);
  if (text === undefined) return undefined;
  const parsed = parseConfig(text, [checkReferences]);
  return parsed.kind === 'valid' ? { config: parsed.config, text } : undefined;
}

function textOf(order: JobOrder): string | undefined {
  if (order.kind === 'recover') return order.plan.configText;
  return order.kind === 'recovery' ? recoverTextOf(order.journal) : undefined;
}

/** Before such a job: its services are those of a configuration that is not in force yet. */
export function serveRecovery(daemon: Daemon, order: JobOrder): void {
  if (daemon.configFile.inForce() !== undefined) return;
  const own = configOfRecovery(order);
  if (own !== undefined) daemon.services.configure(own.config.services ?? {});
}

/** After it: what it wrote is taken over and its archives are listed; or its services are forgotten. */
export async function settleRecovered(daemon: Daemon, job: Job, order: JobOrder): Promise<void> {
  if (order.kind !== 'recover' && order.kind !== 'recovery') return;
  await daemon.configFile.reload();
  if (daemon.configFile.inForce() === undefined) {
    if (job.state.kind !== 'done' && recoveringJobs(daemon).length > 0) return;
    daemon.services.configure({});
    return;
  }
  if (order.kind !== 'recover' || job.state.kind !== 'done') return;
  const folders = Object.values(daemon.config().stores).map(({ path }) => path);
  for (const backup of [order.plan.base, order.plan.backup]) {
    // Those in a destination are found there.
    if (backup !== undefined && !folders.includes(dirname(backup.path))) daemon.backups.add(backup);
  }
}

/** Waits for the jobs that bring an application here: they start its services, and nothing else is to. */
export async function recoveriesEnded(daemon: Daemon, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = (): void => {
    if (signal.aborted || recoveringJobs(daemon).length === 0) resolve();
  };
  signal.addEventListener('abort', look, { once: true });
  using _listening = daemon.broadcast.subscribe(({ change }) => {
    // After all that follows an end at once, such as the recovery of what died.
    if (change.topic === 'job' && isFinished(change.job)) setImmediate(look);
  });
  look();
  await promise.finally(() => signal.removeEventListener('abort', look));
}

function recoveringJobs(daemon: Daemon): readonly number[] {
  return daemon.state.jobs.unfinished().flatMap((record) => {
    const order = JobOrder.safeParse(record.order);
    const isOne =
      order.success && (order.data.kind === 'recover' || order.data.kind === 'recovery');
    return isOne ? [record.job.id] : [];
  });
}
