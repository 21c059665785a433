import { dirname } from 'node:path';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { RetentionLine } from '../../protocol/domain/schedule.ts';
import { removeFile, syncFolder } from '../os/files.ts';
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
    suspendedBecause: suspendedBecause(lastRun, {
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
    if (backup === undefined) continue;
    await removeBackup(daemon, backup);
    daemon.log.write('info', `retention removed ${backup.path}: ${line.reason}`);
  }
}

/** Off the list first, then the bytes: a crash in between leaves a file that is listed again. */
export async function removeBackup(daemon: Daemon, backup: Backup): Promise<void> {
  daemon.backups.forget(backup);
  const settings = backup.store === undefined ? undefined : daemon.config().stores[backup.store];
  if (backup.store !== undefined && settings !== undefined) {
    await openStore(backup.store, settings).remove(backup.path);
    return;
  }
  await removeFile(backup.path);
  await syncFolder(dirname(backup.path));
}
