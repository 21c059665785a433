import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../os/error-code.ts';
import { removeFile } from '../../os/files.ts';

/** The name of an archive until it is whole; what is spooled beside it begins with the same. */
export function partialName(backupId: string): string {
  return `.kedge-${backupId}.partial`;
}

export interface PartialArchive {
  readonly name: string;
  readonly path: string;
  readonly modifiedMs: number;
  readonly sizeBytes: number;
}

/** What lies in a folder under an id that begins so and is not whole. */
export async function listPartials(
  folder: string,
  beginning: string,
): Promise<readonly PartialArchive[]> {
  const found: PartialArchive[] = [];
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`.kedge-${beginning}`) || !name.endsWith('.partial')) continue;
    const path = join(folder, name);
    const { mtimeMs: modifiedMs, size: sizeBytes } = await stat(path);
    found.push({ name, path, modifiedMs, sizeBytes });
  }
  return found;
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
