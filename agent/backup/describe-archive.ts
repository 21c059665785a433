import type { Backup } from '../../protocol/domain/backup.ts';
import { type Encryption, noKeys } from '../archive/age/lock.ts';
import type { ArchiveHeader } from '../archive/archive-header.ts';
import { openArchive } from '../archive/archive-reader.ts';
import { openArchiveFile } from '../archive/open-archive-file.ts';
import type { Keys } from '../os/work.ts';

/** The record of an archive from its tail alone: enough to build the catalogue anew. */
export async function describeArchive(
  path: string,
  store: string | undefined,
  keys: Keys = noKeys,
): Promise<Backup> {
  await using reader = await openArchiveFile(path, keys);
  const { header } = await openArchive(reader);
  const { fileBytes, encryption } = reader;
  return backupOf(header, { path, store, sizeBytes: fileBytes, encryption });
}

export interface ArchivePlace {
  readonly path: string;
  readonly store: string | undefined;
  readonly sizeBytes: number;
  readonly sha256?: string;
  readonly encryption: Encryption | undefined;
}

export function backupOf(header: ArchiveHeader, place: ArchivePlace): Backup {
  const { application, base, schedule } = header;
  return {
    id: header.backupId,
    kind: header.kind,
    ...(base === undefined ? {} : { base: base.id, baseName: base.fileName }),
    application: application.id,
    ...(application.version === undefined ? {} : { applicationVersion: application.version }),
    host: header.host,
    installation: header.installation,
    origin: header.origin,
    ...(schedule === undefined ? {} : { schedule }),
    capturedAtMs: Number(header.capturedAtNs / 1_000_000n),
    zone: header.zone,
    path: place.path,
    ...(place.store === undefined ? {} : { store: place.store }),
    presence: 'present',
    sizeBytes: place.sizeBytes,
    contentBytes: header.contentBytes,
    ...(place.sha256 === undefined ? {} : { sha256: place.sha256 }),
    ...(place.encryption === undefined ? {} : { encryption: place.encryption }),
    outcome: header.outcome,
    gaps: header.gaps,
    sources: [...header.sources],
    proof: { kind: 'sealed' },
    integrity: 'pending',
  };
}
