import type { FileHandle } from 'node:fs/promises';
import type { BackupOrigin, Gap, Outcome, SourceSummary } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { MemberHeader } from './member.ts';

/** Who and what an archive is of; known before the first byte is written. */
export interface ArchiveIdentity {
  readonly backupId: string;
  readonly installation: string;
  readonly host: string;
  readonly application: { readonly id: string; readonly name: string; readonly version?: string };
  /** Nanoseconds since the epoch, UTC. */
  readonly capturedAtNs: bigint;
  readonly zone: string;
  readonly kind: 'full';
  readonly origin: BackupOrigin;
  readonly schedule?: string;
  readonly toolVersion: string;
  /** Version of each engine that took part, by engine name. */
  readonly engines: Readonly<Record<string, string>>;
  /** Text of `.kedge/application.jsonc`. */
  readonly applicationConfig: string;
}

export interface ArchiveSummary {
  readonly outcome: Outcome;
  readonly gaps: readonly Gap[];
}

export interface ArchiveTotals {
  readonly sizeBytes: number;
  readonly contentBytes: number;
  /** SHA-256 of the whole file, hex. */
  readonly sha256: string;
  readonly sources: readonly SourceSummary[];
}

/** A member with its content: whole, or as a stream of exactly `header.sizeBytes`. */
export interface NewMember {
  readonly header: MemberHeader;
  readonly content: Uint8Array | (() => AsyncIterable<Uint8Array>);
  /** Of a database file: page size in bytes, so that page hashes are kept. */
  readonly pageSize?: number;
  readonly engine: string;
}

export interface ArchiveWriter extends AsyncDisposable {
  /** One at a time. A name that comes twice: the last one counts. */
  add(member: NewMember, onBytes: (bytes: number) => void): Promise<void>;
  /** Writes all that follows the members. The caller fsyncs. */
  finish(summary: ArchiveSummary): Promise<ArchiveTotals>;
}

/** Starts an archive in an empty file. `path` is that of the file; a spool lies beside it. */
export async function openArchiveWriter(
  _file: FileHandle,
  _path: string,
  _identity: ArchiveIdentity,
  _signal: AbortSignal,
): Promise<ArchiveWriter> {
  throw new KedgeError('internal', { cause: 'not built yet' });
}
