import { basename } from 'node:path';
import type { Backup } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { ArchiveHeader } from '../archive/archive-header.ts';
import { type Archive, openArchive } from '../archive/archive-reader.ts';
import type { ArchiveTotals } from '../archive/archive-writer.ts';
import { openFileReader } from '../archive/file-reader.ts';
import type { PendingArchive } from '../stores/store.ts';
import { backupOf } from './describe-archive.ts';
import type { OpenDestination } from './destination.ts';

/** Gives a written archive its name once its tail was read back and `prove` agrees; only that makes it a backup. */
export async function sealArchive(
  pending: PendingArchive,
  { store }: OpenDestination,
  fileName: string,
  { sizeBytes, sha256 }: ArchiveTotals,
  prove: (archive: Archive) => Promise<void> = async () => undefined,
): Promise<Backup> {
  let header: ArchiveHeader | undefined;
  const path = await pending.commit(fileName, async (partial) => {
    header = await readBack(partial, sizeBytes, prove);
  });
  if (header === undefined)
    throw new Error(`"${basename(path)}" was named before it was read back`);
  return backupOf(header, { path, store, sizeBytes, sha256 });
}

async function readBack(
  path: string,
  sizeBytes: number,
  prove: (archive: Archive) => Promise<void>,
): Promise<ArchiveHeader> {
  await using reader = await openFileReader(path);
  if (reader.sizeBytes !== sizeBytes) {
    const problem = `${sizeBytes} bytes were written and ${reader.sizeBytes} are there`;
    throw new KedgeError('archive-damaged', { path, problem });
  }
  const archive = await openArchive(reader);
  await prove(archive);
  return archive.header;
}
