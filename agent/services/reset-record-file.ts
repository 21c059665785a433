import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder, removeFile, writeFileAtomic } from '../os/files.ts';
import { ResetRecord } from './reset-record.ts';

const folderOf = (stateFolder: string): string => join(stateFolder, 'resets');

export async function saveResetRecord(
  stateFolder: string,
  job: number,
  record: ResetRecord,
): Promise<void> {
  await makeFolder(folderOf(stateFolder));
  await writeFileAtomic(join(folderOf(stateFolder), `${job}.json`), JSON.stringify(record));
}

/** With what a reset that was killed while it wrote the record left beside it. */
export async function removeResetRecord(path: string): Promise<void> {
  const folder = dirname(path);
  const halfWritten = (name: string) => name.startsWith(`.${basename(path)}.`);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of names.filter(halfWritten)) await removeFile(join(folder, name));
  await removeFile(path);
}

/** Paths of the records that a finished reset would have removed. */
export function findResetRecords(stateFolder: string): readonly string[] {
  const folder = folderOf(stateFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d+\.json$/.test(name))
    .map((name) => join(folder, name));
}

export function readResetRecord(path: string): ResetRecord {
  return ResetRecord.parse(JSON.parse(readFileSync(path, 'utf8')));
}
