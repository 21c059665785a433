import { basename } from 'node:path';
import type { Backup } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { ArchiveHeader } from '../archive/archive-header.ts';
import { type Archive, openArchive } from '../archive/archive-reader.ts';
import type { ArchiveTotals } from '../archive/archive-writer.ts';
import { type ArchiveFile, openArchiveFile } from '../archive/open-archive-file.ts';
import type { Keys } from '../os/work.ts';
import type { PendingArchive } from '../stores/store.ts';
import { backupOf } from './describe-archive.ts';
import type { OpenDestination } from './destination.ts';

/** Gives a written archive its name once its tail was read back and `prove` agrees; only that makes it a backup. */
export async function sealArchive(
  pending: PendingArchive,
  { store }: OpenDestination,
  fileName: string,
  { sizeBytes, sha256, keys }: ArchiveTotals & { readonly keys: Keys },
  prove: (archive: Archive) => Promise<void> = async () => undefined,
): Promise<Backup> {
  let read: ReadBack | undefined;
  const path = await pending.commit(fileName, async (partial) => {
    read = await readBack(partial, sizeBytes, keys, prove);
  });
  if (read === undefined) throw new Error(`"${basename(path)}" was named before it was read back`);
  const { header, encryption } = read;
  const sum = sha256 === undefined ? {} : { sha256 };
  return backupOf(header, { path, store, sizeBytes, ...sum, encryption });
}

interface ReadBack extends Pick<ArchiveFile, 'encryption'> {
  readonly header: ArchiveHeader;
}

async function readBack(
  path: string,
  sizeBytes: number,
  keys: Keys,
  prove: (archive: Archive) => Promise<void>,
): Promise<ReadBack> {
  await using reader = await openArchiveFile(path, keys);
  const { fileBytes, encryption } = reader;
  if (fileBytes !== sizeBytes) {
    const problem = `${sizeBytes} bytes were written and ${fileBytes} are there`;
    throw new KedgeError('archive-damaged', { path, problem });
  }
  const archive = await openArchive(reader);
  await prove(archive);
  return { header: archive.header, ...(encryption === undefined ? {} : { encryption }) };
}
