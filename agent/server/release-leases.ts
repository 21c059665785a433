import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { type RestoreLease, readLeases, removeLease } from '../restore/lease.ts';
import { journaledJobs } from '../restore/recover.ts';
import { listUndos } from '../restore/undo-records.ts';
import type { Daemon } from './daemon.ts';
import { eraseBackup } from './retention/discard-backup.ts';

/**
 * Safety backups go with the undo they belong to, or with the restore that never came to one. Of a restore that kept
 * none they stay as long as an undo would.
 */
export async function releaseLeases(daemon: Daemon): Promise<void> {
  const { state } = daemon.places;
  const leases = readLeases(state);
  // On another machine than before they may be those of the one that it was copied from.
  if (leases.length === 0 || daemon.state.machine.moved() !== undefined) return;
  const jobs = new Set(daemon.state.jobs.unfinished().map(({ job }) => job.id));
  const undos = await listUndos(state);
  // Of one whose data somebody removed it is the only way back that is left.
  const held = new Set(undos.filter(({ state: its }) => its !== 'used').map(({ id }) => id));
  const open = new Set(journaledJobs(state));
  for (const lease of leases) {
    if (jobs.has(lease.job) || open.has(lease.job) || held.has(lease.undo)) continue;
    if (lease.untilMs !== undefined && daemon.now() < lease.untilMs) continue;
    await release(daemon, lease);
  }
}

/** One whose backup can't be removed now is tried again. */
async function release(daemon: Daemon, lease: RestoreLease): Promise<void> {
  try {
    let backup = daemon.backups.get(lease.safety);
    // Its job may have died before it told of the backup.
    if (backup === undefined) {
      await daemon.backups.refresh();
      backup = daemon.backups.get(lease.safety);
    }
    if (backup?.presence === 'offline') return;
    const own = backup?.installation === daemon.state.installation;
    if (backup !== undefined && own && backup.origin === 'safety' && backup.pinned !== true) {
      await eraseBackup(daemon, backup);
      daemon.log.write('info', `the safety backup ${backup.path} went with its undo`);
    }
    await removeLease(daemon.places.state, lease);
  } catch (error) {
    const { message } = wordFailure(failureOf(error));
    daemon.log.write('error', `a safety backup could not be removed: ${message}`);
  }
}
