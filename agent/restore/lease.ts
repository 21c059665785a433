import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { makeFolderDurably, removeFile, syncFolder, writeFileAtomic } from '../os/files.ts';

/**
 * Holds the safety backup of a restore: neither retention nor a delete takes it while the restore or its undo
 * lives. Written before the backup is, so that none is left that belongs to nothing.
 */
export const RestoreLease = z.object({
  /** The undo that the restore makes. */
  undo: z.string(),
  job: z.number(),
  /** Id of the safety backup, which may not be whole yet. */
  safety: z.string(),
  atMs: z.number(),
  /** No undo was kept, so that this backup is the way back: it stays until then. */
  untilMs: z.number().optional(),
});
export type RestoreLease = z.infer<typeof RestoreLease>;

const folderOf = (stateFolder: string): string => join(stateFolder, 'leases');
const fileOf = (stateFolder: string, undo: string): string =>
  join(folderOf(stateFolder), `${undo}.json`);

export async function writeLease(stateFolder: string, lease: RestoreLease): Promise<void> {
  await makeFolderDurably(folderOf(stateFolder));
  await writeFileAtomic(fileOf(stateFolder, lease.undo), JSON.stringify(lease));
}

export async function removeLease(stateFolder: string, { undo }: RestoreLease): Promise<void> {
  await removeFile(fileOf(stateFolder, undo));
  await syncFolder(folderOf(stateFolder));
}

/** Small and few: whoever is about to remove a backup reads them where it decides. */
export function readLeases(stateFolder: string): readonly RestoreLease[] {
  const folder = folderOf(stateFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^[^.].*\.json$/.test(name))
    .map((name) => RestoreLease.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}
