import { chmod, stat } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { beforeOperation } from '../../os/faults.ts';
import type { FolderUser } from './server-kind.ts';

/**
 * Lets a user go through the folders between `from`, which he reaches, and a path below it, all of them made by
 * this job. They are not to be listed by it, and what lies in them has the modes that it has live.
 */
export async function openTo(user: FolderUser, from: string, path: string): Promise<void> {
  if (user.uid === process.geteuid?.()) return;
  for (let folder = dirname(path); folder.startsWith(from + sep); folder = dirname(folder)) {
    const { mode } = await stat(folder);
    beforeOperation('mode', folder);
    await chmod(folder, (mode & 0o7777) | 0o011);
  }
}
