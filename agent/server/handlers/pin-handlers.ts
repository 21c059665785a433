import type { Backup } from '../../../protocol/domain/backup.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { type BackupReference, backupPin, backupUnpin } from '../../../protocol/methods/backup.ts';
import type { Daemon } from '../daemon.ts';
import { handle } from './handler.ts';

export const pinHandlers = [
  handle(backupPin, async (daemon, { backup: reference, reason = 'by hand' }) => {
    const { id } = await listed(daemon, reference);
    daemon.state.pins.add(id, { reason, atMs: daemon.now() });
    return { backup: told(daemon, id) };
  }),
  handle(backupUnpin, async (daemon, { backup: reference }) => {
    const { id } = await listed(daemon, reference);
    daemon.state.pins.remove(id);
    return { backup: told(daemon, id) };
  }),
];

export function refusePinned({ state }: Daemon, { id }: Backup): void {
  const pin = state.pins.get(id);
  if (pin === undefined) return;
  throw new KedgeError('backup-pinned', { backup: id.slice(0, 8), reason: pin.reason });
}

/** A pin holds what is listed here; of any other file nobody here would ask for it. */
async function listed(daemon: Daemon, reference: BackupReference): Promise<Backup> {
  const { id } = await daemon.backups.resolve(reference);
  const backup = daemon.backups.get(id);
  if (backup !== undefined) return backup;
  throw new KedgeError('not-found', { what: 'backup', id, list: 'backup' });
}

/** As it is now, and clients read their lists again. */
function told(daemon: Daemon, id: string): Backup {
  daemon.broadcast.publish({ topic: 'backups', total: daemon.backups.count() });
  daemon.overview.touch();
  const backup = daemon.backups.get(id);
  if (backup === undefined)
    throw new KedgeError('not-found', { what: 'backup', id, list: 'backup' });
  return backup;
}
