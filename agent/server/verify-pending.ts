import { JobOrder } from '../jobs/job-order.ts';
import type { Daemon } from './daemon.ts';
import { isVerifiable, submitVerify } from './job-ends.ts';
import { ofRestoresAtWork } from './leases.ts';

/** Backups of this installation whose verify was cut short by a stop or a crash: it is queued again. */
export function verifyPending(daemon: Daemon): void {
  const underWay = new Set(
    daemon.state.jobs.unfinished().flatMap((record) => {
      const order = JobOrder.safeParse(record.order);
      return order.success && order.data.kind === 'verify' ? (order.data.backup ?? []) : [];
    }),
  );
  const inHand = new Set(ofRestoresAtWork(daemon));
  const writeOnly = daemon.configFile.inForce()?.encryption?.writeOnly === true;
  for (const backup of daemon.backups.all()) {
    const ours = backup.installation === daemon.state.installation;
    // What no key here opens was verified when it was made.
    const opens = backup.encryption === undefined || (backup.encryption === 'keys' && !writeOnly);
    const pending = isVerifiable(daemon, backup) && opens;
    // That of a restore at work is verified by the restore.
    if (inHand.has(backup.id)) continue;
    if (ours && pending && !underWay.has(backup.id)) submitVerify(daemon, backup, 'kedge');
  }
}
