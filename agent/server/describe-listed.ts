import { hash } from 'node:crypto';
import type { Backup } from '../../protocol/domain/backup.ts';
import { failureOf } from '../../protocol/failures.ts';
import { readHeader } from '../archive/age/age-header.ts';
import { openFileReader } from '../archive/file-reader.ts';
import { describeArchive } from '../backup/describe-archive.ts';
import type { Keys } from '../os/work.ts';
import type { LockedBackups } from '../state/locked-backups.ts';

/** The record of an archive: from its tail; where no key here opens it, as it was written down when it was made. */
export async function describeListed(
  path: string,
  store: string | undefined,
  keys: Keys,
  locked: LockedBackups,
): Promise<Backup> {
  try {
    return await describeArchive(path, store, keys);
  } catch (error) {
    const { code } = failureOf(error);
    if (code !== 'key-missing' && code !== 'passphrase-missing') throw error;
    const { headerSha256, sizeBytes } = await frontOf(path);
    const known = locked.find(headerSha256);
    if (known?.sizeBytes !== sizeBytes) throw error;
    const { store: _, ...record } = known;
    return { ...record, path, ...(store === undefined ? {} : { store }), presence: 'present' };
  }
}

/** Writes down what an encrypted backup is; of others their archive tells. */
export async function noteLocked(backup: Backup, locked: LockedBackups): Promise<void> {
  if (backup.encryption === undefined) return;
  const { headerSha256 } = await frontOf(backup.path);
  locked.put(headerSha256, backup);
}

async function frontOf(path: string): Promise<{ headerSha256: string; sizeBytes: number }> {
  await using file = await openFileReader(path);
  const { bytes } = await readHeader(file);
  return { headerSha256: hash('sha256', bytes), sizeBytes: file.sizeBytes };
}
