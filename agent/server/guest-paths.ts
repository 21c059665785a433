import type { BackupReference, Destination } from '../../protocol/methods/backup.ts';
import type { Daemon } from './daemon.ts';
import { type Asker, demandRole } from './door.ts';

/** Who is no admin backs up to destinations, not to any folder that Kedge may write to. */
export function demandForDestination(asker: Asker, { kind }: Destination): void {
  if (kind === 'folder') demandRole(asker, 'admin', 'a backup into any folder');
}

/** Who is no admin has backups read that Kedge lists, not any file that Kedge may read. */
export function demandForBackup(asker: Asker, backup: BackupReference, daemon: Daemon): void {
  if (backup.kind === 'id') return;
  const isListed = daemon.backups.all().some(({ path }) => path === backup.path);
  if (!isListed) demandRole(asker, 'admin', 'an archive that is not listed');
}
