import type { Backup } from '../../protocol/domain/backup.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { inTurn } from '../os/in-turn.ts';
import { type Going, goingOrder } from '../retention/going-order.ts';
import { holdingsOf } from '../retention/verdict.ts';
import type { Daemon } from './daemon.ts';
import { leasedBackups } from './leases.ts';
import { retentionOf } from './retention/ask-retention.ts';
import { noteFullCaps } from './retention/cap-problems.ts';
import { deletionHeld } from './retention/deletion-held.ts';
import { discardBackup } from './retention/discard-backup.ts';

const oneAtATime = inTurn();

/** Takes into the trash what the preview says that goes; answers the backups of which nothing is left. */
export async function applyRetention(daemon: Daemon): Promise<readonly string[]> {
  return await oneAtATime(async () => {
    const gone: string[] = [];
    const needed = new Set<string>();
    for (const going of goingOrder(retentionOf(daemon), (id) => daemon.backups.get(id))) {
      if (needed.has(going.backup.id)) continue;
      const took = isStillSo(daemon, going) && (await takeAll(daemon, going));
      // Without its full what is left of it would be worth nothing.
      if (!took && going.backup.base !== undefined) needed.add(going.backup.base);
      if (daemon.backups.get(going.backup.id) === undefined) gone.push(going.backup.id);
    }
    noteFullCaps(daemon);
    daemon.overview.touch();
    return gone;
  });
}

/** Pinned, or taken up by a job, or the clock set, since the preview. */
function isStillSo(daemon: Daemon, { backup: { id } }: Going): boolean {
  const backup = daemon.backups.get(id);
  if (backup === undefined || backup.pinned === true) return false;
  return deletionHeld(daemon) === undefined && !leasedBackups(daemon).has(id);
}

async function takeAll(daemon: Daemon, { backup, reason, store }: Going): Promise<boolean> {
  let all = true;
  for (const file of filesOf(backup, store)) {
    try {
      const discarded = await discardBackup(daemon, file, reason);
      const where = discarded === undefined ? 'removed' : 'put into the trash';
      daemon.log.write('info', `retention: ${file.path} was ${where}: ${reason}`);
    } catch (error) {
      all = false;
      const { message } = wordFailure(failureOf(error));
      daemon.log.write('error', `retention could not remove ${file.path}: ${message}`);
    }
  }
  return all;
}

/** The listed file last: what is cut off in between is still listed where it was. */
function filesOf(backup: Backup, store: string | undefined): readonly Backup[] {
  const { copies: _, ...record } = backup;
  return holdingsOf(backup)
    .filter((each) => store === undefined || each.store === store)
    .toReversed()
    .map((each) => ({ ...record, store: each.store, path: each.path }));
}
