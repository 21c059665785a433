import { JobOrder } from '../jobs/job-order.ts';
import type { Daemon } from './daemon.ts';

/** Backups that a waiting or running job reads: neither retention nor a delete takes them. */
export function leasedBackups(daemon: Daemon): ReadonlySet<string> {
  return new Set(
    daemon.state.jobs.unfinished().flatMap((record) => {
      const order = JobOrder.safeParse(record.order);
      return order.success ? backupsOf(order.data) : [];
    }),
  );
}

function backupsOf(order: JobOrder): string[] {
  switch (order.kind) {
    case 'verify':
      return order.backup === undefined ? [] : [order.backup];
    case 'plan':
      return [order.backup.id];
    case 'restore':
      return [order.plan.backup.id];
    case 'backup':
    case 'undo':
    case 'recovery':
    case 'reset':
      return [];
    default:
      return order satisfies never;
  }
}
