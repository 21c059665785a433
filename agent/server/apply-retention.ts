import { dirname } from 'node:path';
import type { Backup } from '../../protocol/domain/backup.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { exists, removeFile, syncFolder } from '../os/files.ts';
import { goingOrder } from '../retention/going-order.ts';
import { openStore } from '../stores/stores.ts';
import type { Daemon } from './daemon.ts';
import { retentionOf } from './retention/ask-retention.ts';

/** Removes what the rules of the schedules let go; answers what went. */
export async function applyRetention(daemon: Daemon): Promise<readonly string[]> {
  const gone: string[] = [];
  const going = goingOrder(retentionOf(daemon), (id) => daemon.backups.get(id));
  for (const { backup: asked, reason } of going) {
    const backup = daemon.backups.get(asked.id);
    // Pinned since the preview.
    if (backup === undefined || backup.pinned === true) continue;
    try {
      await removeBackup(daemon, backup);
      gone.push(backup.id);
      daemon.log.write('info', `retention removed ${backup.path}: ${reason}`);
    } catch (error) {
      const { message } = wordFailure(failureOf(error));
      daemon.log.write('error', `retention could not remove ${backup.path}: ${message}`);
    }
  }
  return gone;
}

/** The bytes first: one that can't be removed stays listed, and a crash in between leaves a line without a file. */
export async function removeBackup(daemon: Daemon, backup: Backup): Promise<void> {
  const settings = backup.store === undefined ? undefined : daemon.config().stores[backup.store];
  if (backup.store !== undefined && settings !== undefined) {
    await openStore(backup.store, settings).remove(backup.path);
  } else if (await exists(dirname(backup.path))) {
    await removeFile(backup.path);
    await syncFolder(dirname(backup.path));
  }
  daemon.backups.forget(backup);
}
