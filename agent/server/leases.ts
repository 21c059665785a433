import { JobOrder } from '../jobs/job-order.ts';
import type { Daemon } from './daemon.ts';

/** Backups that a waiting or running job or a download reads: neither retention nor a delete takes them. */
export function leasedBackups(daemon: Daemon): ReadonlySet<string> {
  const ofJobs = daemon.state.jobs.unfinished().flatMap((record) => {
    const order = JobOrder.safeParse(record.order);
    return order.success ? backupsOf(order.data) : [];
  });
  return new Set([...ofJobs, ...daemon.transfers.read]);
}

function backupsOf(order: JobOrder): string[] {
  const base = basesOf(order);
  return base === undefined ? readBy(order) : [...readBy(order), base];
}

/** The full that a differential is taken against or was. */
function basesOf(order: JobOrder): string | undefined {
  if (order.kind === 'plan' || order.kind === 'extract' || order.kind === 'consolidate')
    return order.backup.base;
  if (order.kind === 'restore') return order.plan.backup.base;
  if (order.kind !== 'backup' || order.differential === undefined) return undefined;
  return 'base' in order.differential ? order.differential.base.id : undefined;
}

function readBy(order: JobOrder): string[] {
  switch (order.kind) {
    case 'verify':
      return order.backup === undefined ? [] : [order.backup];
    case 'plan':
    case 'extract':
    case 'consolidate':
      return [order.backup.id];
    case 'restore':
      return [order.plan.backup.id];
    case 'backup':
    case 'transfer':
    case 'undo':
    case 'recovery':
    case 'reset':
      return [];
    default:
      return order satisfies never;
  }
}
