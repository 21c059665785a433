import type { Backup } from '../../protocol/domain/backup.ts';
import { JobOrder } from '../jobs/job-order.ts';
import { readLeases } from '../restore/lease.ts';
import type { SafetyOrder } from '../restore/safety-order.ts';
import type { Daemon } from './daemon.ts';

/** Neither retention nor a delete takes these: they are being read, or the safety backup of a restore. */
export function leasedBackups(daemon: Daemon): ReadonlySet<string> {
  const safeties = readLeases(daemon.places.state).map(({ safety }) => safety);
  return new Set([...readNow(daemon), ...safeties]);
}

/** Backups that a waiting or running job or a download reads, this one job apart. */
export function readNow(daemon: Daemon, apart?: number): ReadonlySet<string> {
  const others = daemon.state.jobs.unfinished().filter(({ job }) => job.id !== apart);
  const ofJobs = others.flatMap((record) => {
    const order = JobOrder.safeParse(record.order);
    return order.success ? backupsOf(order.data) : [];
  });
  return new Set([...ofJobs, ...daemon.transfers.read]);
}

/** Safety backups of restores at work and of the undos they made. Of one that kept none a person may let go. */
export function ofRestores(daemon: Daemon): readonly string[] {
  const ofUndos = readLeases(daemon.places.state).filter(({ untilMs }) => untilMs === undefined);
  return [...ofUndos.map(({ safety }) => safety), ...ofRestoresAtWork(daemon)];
}

/** Safety backups of restores that have not ended. */
export function ofRestoresAtWork(daemon: Daemon): readonly string[] {
  const atWork = new Set(daemon.state.jobs.unfinished().map(({ job }) => job.id));
  return readLeases(daemon.places.state).flatMap(({ job, safety }) =>
    atWork.has(job) ? [safety] : [],
  );
}

function backupsOf(order: JobOrder): string[] {
  switch (order.kind) {
    case 'verify':
    case 'salvage':
      return order.backup === undefined ? [] : [order.backup];
    case 'undo-preview':
      return order.backup === undefined ? [] : withBase(order.backup);
    case 'plan':
    case 'extract':
    case 'drill':
    case 'consolidate':
      return withBase(order.backup);
    case 'restore':
      return [...withBase(order.plan.backup), ...baseOf(order.safety)];
    case 'diff':
      return [...withBase(order.before), ...withBase(order.after)];
    case 'backup':
      return order.differential !== undefined && 'base' in order.differential
        ? [order.differential.base.id]
        : [];
    case 'copy':
      return order.items.flatMap(({ backup, base }) =>
        base === undefined ? [backup] : [backup, base],
      );
    case 'import':
    case 'transfer':
    case 'undo':
    case 'recovery':
    case 'recover-plan':
    case 'recover':
    case 'reset':
      return [];
    default:
      return order satisfies never;
  }
}

/** The full that the safety backup is taken against. */
function baseOf(safety: SafetyOrder | undefined): string[] {
  if (safety?.kind !== 'to' || !('base' in safety.differential)) return [];
  return [safety.differential.base.id];
}

/** A differential is read with its full. */
function withBase({ id, base }: Backup): string[] {
  return base === undefined ? [id] : [id, base];
}
