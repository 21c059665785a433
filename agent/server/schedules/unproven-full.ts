import { JobOrder } from '../../jobs/job-order.ts';
import type { Daemon } from '../daemon.ts';

/**
 * Why a differential had better not be taken now; undefined: it may. While its full is being verified it would become
 * a full itself, and where that takes longer than the differentials are apart so would each one after it.
 */
export function unprovenFull(daemon: Daemon, store: string): string | undefined {
  const [newest] = daemon.backups
    .all()
    .filter(
      (backup) =>
        backup.store === store &&
        backup.kind === 'full' &&
        backup.presence === 'present' &&
        backup.installation === daemon.state.installation,
    )
    .toSorted((a, b) => b.capturedAtMs - a.capturedAtMs);
  if (newest?.proof.kind !== 'sealed') return undefined;
  const verify = daemon.state.jobs.unfinished().find(({ order: raw }) => {
    const order = JobOrder.safeParse(raw).data;
    return order?.kind === 'verify' && order.backup === newest.id;
  });
  return verify && `the full before it is still being verified (job ${verify.job.id})`;
}
