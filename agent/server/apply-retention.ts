import { dirname } from 'node:path';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { RetentionLine } from '../../protocol/domain/retention.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { exists, removeFile, syncFolder } from '../os/files.ts';
import { previewRetention } from '../retention/retain.ts';
import { suspendedBecause } from '../retention/suspended-because.ts';
import { openStore } from '../stores/stores.ts';
import type { Daemon } from './daemon.ts';
import { leasedBackups } from './leases.ts';

/** What retention would do now; the same answer that `applyRetention` acts on. */
export function retentionOf(daemon: Daemon): readonly RetentionLine[] {
  const offline = new Set(daemon.overview.offlineStores());
  const rules = daemon.schedules.list().map(({ id, settings, lastRun }) => ({
    id,
    settings,
    suspendedBecause:
      daemon.clock.doubt() ??
      suspendedBecause(lastRun, {
        name: settings.store,
        online: !offline.has(settings.store),
      }),
  }));
  const { installation } = daemon.state;
  return previewRetention(
    daemon.backups.all(),
    rules,
    daemon.now(),
    leasedBackups(daemon),
    installation,
  );
}

/** Removes what the rules of the schedules let go. */
export async function applyRetention(daemon: Daemon): Promise<void> {
  for (const line of retentionOf(daemon)) {
    const backup = line.verdict === 'goes' ? daemon.backups.get(line.backup) : undefined;
    // Pinned since the preview.
    if (backup === undefined || backup.pinned === true) continue;
    try {
      await removeBackup(daemon, backup);
      daemon.log.write('info', `retention removed ${backup.path}: ${line.reason}`);
    } catch (error) {
      const { message } = wordFailure(failureOf(error));
      daemon.log.write('error', `retention could not remove ${backup.path}: ${message}`);
    }
  }
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
