import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../os/error-code.ts';
import { removeFile } from '../../os/files.ts';

/** The name of an archive until it is whole; what is spooled beside it begins with the same. */
export function partialName(backupId: string): string {
  return `.kedge-${backupId}.partial`;
}

/** Removes what a crashed backup left in a folder; nothing there is fine. */
export async function cleanUpPartials(folder: string, backupId: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    if (name.startsWith(partialName(backupId))) await removeFile(join(folder, name));
  }
}
