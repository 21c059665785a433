import { access } from 'node:fs/promises';
import type { Backup } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';

/** The backup, unless it lies on a drive or share that is not here: to be said before a job fails at it. */
export async function refuseAway(backup: Backup): Promise<Backup> {
  const { id, path, store, presence } = backup;
  if (presence !== 'offline' || store === undefined) return backup;
  // What was looked at some seconds ago may be here by now.
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return backup;
  throw new KedgeError('backup-away', { backup: id.slice(0, 8), store, path });
}
