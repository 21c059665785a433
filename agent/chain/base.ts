import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { ArchiveHeader } from '../archive/archive-header.ts';
import { type Archive, openArchive } from '../archive/archive-reader.ts';
import type { FindBase } from './chain.ts';

/** The full that a differential was taken against. */
export type WantedBase = NonNullable<ArchiveHeader['base']>;

/** Opens it and proves that it is the one; what is opened is closed by `opened`. */
export async function openBase(
  archive: Archive,
  wanted: WantedBase,
  findBase: FindBase,
  opened: AsyncDisposableStack,
): Promise<Archive> {
  const missing = (why: string, cause?: unknown) => baseMissing(archive, why, cause);
  const reader = await findBase(wanted);
  if (reader === undefined) {
    throw missing(`it is in none of the folders where backups are looked for (id ${wanted.id})`);
  }
  opened.use(reader);
  const base = await openArchive(reader).catch((error: unknown) => {
    throw missing(wordFailure(failureOf(error)).message, error);
  });
  if (base.header.backupId !== wanted.id) {
    throw missing(`"${reader.path}" is another backup, ${base.header.backupId}`);
  }
  if (base.indexSha256 !== wanted.indexSha256 || base.header.kind !== 'full') {
    throw missing(`"${reader.path}" has its id, but is not what the differential was made from`);
  }
  return base;
}

/** What stands between a differential and its full. */
export function baseMissing(archive: Archive, why: string, cause?: unknown): KedgeError {
  const base = archive.header.base?.fileName ?? '';
  return new KedgeError('base-missing', { path: archive.reader.path, base, why }, { cause });
}
