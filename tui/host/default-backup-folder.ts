import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where backups of an application go unless told otherwise: root's where servers keep them, a user's at home. */
export function defaultBackupFolder(application: string): string {
  if (userInfo().uid === 0) return join('/var/backups', application);
  return join(homedir(), 'backups', application);
}
