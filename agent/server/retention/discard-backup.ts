import { dirname } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { exists, removeFile, syncFolder } from '../../os/files.ts';
import { openStore } from '../../stores/stores.ts';
import type { Daemon } from '../daemon.ts';
import { trashDaysOf } from './trash-days.ts';

/** Where a file that was taken lies now, and until when; absent: it is gone. */
export interface Discarded {
  readonly path: string;
  readonly expiresAtMs: number;
}

const dayMs = 24 * 3_600_000;

/**
 * Takes one file of a backup, the one at its path, into the trash of its store. The file goes first: one that
 * can't be moved stays listed, and a crash in between leaves a line without a file, which the next look takes.
 */
export async function discardBackup(
  daemon: Daemon,
  backup: Backup,
  reason: string,
): Promise<Discarded | undefined> {
  const settings = daemon.config().stores[backup.store ?? ''];
  const days = trashDaysOf(settings);
  if (backup.store === undefined || settings === undefined || days === 0) {
    await eraseBackup(daemon, backup);
    return undefined;
  }
  const nowMs = daemon.now();
  const path = await openStore(backup.store, settings).discard(backup.path, nowMs);
  if (path !== undefined) {
    const { copies: _, ...record } = backup;
    daemon.state.trash.put(path, { backup: record, reason });
  }
  daemon.backups.forget(backup, 'to the trash');
  return path === undefined ? undefined : { path, expiresAtMs: nowMs + days * dayMs };
}

/** Removes one file of a backup for good. */
export async function eraseBackup(daemon: Daemon, backup: Backup): Promise<void> {
  const settings = daemon.configFile.inForce()?.stores[backup.store ?? ''];
  if (backup.store !== undefined && settings !== undefined) {
    await openStore(backup.store, settings).remove(backup.path);
  } else if (await exists(dirname(backup.path))) {
    await removeFile(backup.path);
    await syncFolder(dirname(backup.path));
  }
  daemon.backups.forget(backup);
}
