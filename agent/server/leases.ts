import type { Backup } from '../../protocol/domain/backup.ts';
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
  switch (order.kind) {
    case 'verify':
    case 'salvage':
      return order.backup === undefined ? [] : [order.backup];
    case 'plan':
    case 'extract':
    case 'consolidate':
      return withBase(order.backup);
    case 'restore':
      return withBase(order.plan.backup);
    case 'diff':
      return [...withBase(order.before), ...withBase(order.after)];
    case 'backup':
      return order.differential !== undefined && 'base' in order.differential
        ? [order.differential.base.id]
        : [];
    case 'transfer':
    case 'undo':
    case 'recovery':
    case 'reset':
      return [];
    default:
      return order satisfies never;
  }
}

/** A differential is read with its full. */
function withBase({ id, base }: Backup): string[] {
  return base === undefined ? [id] : [id, base];
}
    case 'recover-plan':
    case 'recover':
