import * as z from 'zod';
import { AwayDrive, BackupCopy } from './copy.ts';

/** Why something is not in a backup. `source`: a whole source is missing or damaged; `file`: one file. */
export const Gap = z.object({
  kind: z.enum(['source', 'file']),
  source: z.string(),
  /** Path of the file inside its source, '' for a whole source. Bytes that are not UTF-8 appear as U+FFFD. */
  path: z.string(),
  reason: z.string(),
});
export type Gap = z.infer<typeof Gap>;

/** The honest outcome words: on screen, in JSON and exit codes. */
export const Outcome = z.enum(['complete', 'complete with named gaps']);
export type Outcome = z.infer<typeof Outcome>;

export const BackupKind = z.enum(['full', 'differential']);
export type BackupKind = z.infer<typeof BackupKind>;
export const BackupOrigin = z.enum(['schedule', 'manual', 'safety', 'checkpoint']);
export type BackupOrigin = z.infer<typeof BackupOrigin>;

/** How far a backup is proven. `sealed`: written and its tail read back; `verified`: every frame read and hashed. */
export const Proof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sealed') }),
  /** `indexSha256`: of the archive that it was, as ids can be given again. Hex. */
  z.object({
    kind: z.literal('verified'),
    atMs: z.number(),
    indexSha256: z.string().optional(),
  }),
  z.object({ kind: z.literal('damaged'), atMs: z.number(), problem: z.string() }),
]);
export type Proof = z.infer<typeof Proof>;

/** Integrity of the captured content (for databases: the engine's own check of the copy). */
export const Integrity = z.enum(['pending', 'ok', 'damaged']);
export type Integrity = z.infer<typeof Integrity>;

export const SourceSummary = z.object({
  name: z.string(),
  engine: z.string(),
  members: z.number(),
  bytes: z.number(),
});
export type SourceSummary = z.infer<typeof SourceSummary>;

/** The record of an archive. Times are ms since the epoch, UTC; sizes are bytes. */
export const Backup = z.object({
  id: z.string(),
  kind: BackupKind,
  /** Of a differential: the id of its full. */
  base: z.string().optional(),
  /** Of a differential: the file name that its full had. */
  baseName: z.string().optional(),
  application: z.string(),
  applicationVersion: z.string().optional(),
  host: z.string(),
  installation: z.string(),
  origin: BackupOrigin,
  schedule: z.string().optional(),
  capturedAtMs: z.number(),
  zone: z.string(),
  /** Absolute path of the archive file. */
  path: z.string(),
  /** Name of the store it lies in; absent: outside all stores. */
  store: z.string().optional(),
  presence: z.enum(['present', 'missing', 'offline']),
  sizeBytes: z.number(),
  contentBytes: z.number(),
  /** SHA-256 of the whole file, hex; known once it was verified or just written. */
  sha256: z.string().optional(),
  /** Absent: it is not encrypted. */
  encryption: z.enum(['keys', 'passphrase']).optional(),
  outcome: Outcome,
  gaps: z.array(Gap).readonly(),
  sources: z.array(SourceSummary).readonly(),
  proof: Proof,
  integrity: Integrity,
  integrityProblem: z.string().optional(),
  /** Nothing deletes it until it is unpinned. */
  pinned: z.literal(true).optional(),
  /** Of one that is offline because its drive is not plugged in. */
  away: AwayDrive.optional(),
  /** Other places where the same archive lies. */
  copies: z.array(BackupCopy).readonly().optional(),
  /** It was restored into scratch, checked and thrown away, which took so long. */
  proven: z.object({ atMs: z.number(), seconds: z.number() }).optional(),
  /** Its last drill failed. */
  drillFailed: z.object({ atMs: z.number(), problem: z.string() }).optional(),
});
export type Backup = z.infer<typeof Backup>;

/** Good = verified, integrity ok, no gap of kind `source`. Only good backups count for retention. */
export function isGood(backup: Backup): boolean {
  return (
    backup.proof.kind === 'verified' &&
    backup.integrity === 'ok' &&
    !backup.gaps.some((gap) => gap.kind === 'source')
  );
}

/** What a backup would cost, before it is made. */
export const Estimate = z.object({
  folder: z.string(),
  contentBytes: z.number(),
  /** Expected size of the archive, from the last full's ratio, else a half of the content. */
  archiveBytes: z.number(),
  seconds: z.number(),
  freeBytes: z.number(),
  files: z.number(),
  warnings: z.array(z.string()).readonly(),
  /** It will be encrypted to the recovery key. */
  encrypted: z.boolean().optional(),
});
export type Estimate = z.infer<typeof Estimate>;

/** One line of a folder inside a backup. */
export const BrowseEntry = z.object({
  name: z.string(),
  kind: z.enum(['file', 'directory', 'symlink', 'hardlink', 'fifo', 'other']),
  sizeBytes: z.number(),
  modifiedMs: z.number(),
});
export type BrowseEntry = z.infer<typeof BrowseEntry>;
