import * as z from 'zod';
import { Backup, BackupKind } from '../../../protocol/domain/backup.ts';
import { Destination } from '../../../protocol/methods/backup.ts';

/** One archive of a copy or a move. */
export const CopyItem = z.object({
  backup: z.string(),
  kind: BackupKind,
  /** Of a differential: its full. */
  base: z.string().optional(),
  /** File that is read. */
  from: z.string(),
  sizeBytes: z.number(),
  /** Of the file, as it was verified: what is held against it where no key here opens it. */
  sha256: z.string().optional(),
  /** Where the same archive is said to lie at the far end. */
  there: z.string().optional(),
  /** Copied only because a differential needs it: it stays where it is, also in a move. */
  stays: z.literal(true).optional(),
});
export type CopyItem = z.infer<typeof CopyItem>;

/** Fulls stand before their differentials. */
export const CopyOrder = z.object({
  kind: z.literal('copy'),
  items: z.array(CopyItem).readonly(),
  to: Destination,
  move: z.boolean(),
});
export type CopyOrder = z.infer<typeof CopyOrder>;

export const ImportOrder = z.object({
  kind: z.literal('import'),
  folder: z.string(),
  store: z.string(),
  move: z.boolean(),
  /** Paths in that store by the id of what lies there. */
  there: z.record(z.string(), z.string()),
});
export type ImportOrder = z.infer<typeof ImportOrder>;

/** An archive at the far end, whole and verified there. */
export const MadeCopy = z.object({
  /** Id of the backup. */
  backup: z.string(),
  path: z.string(),
  store: z.string().optional(),
  /** What was proven of it on the way; nothing where it could only be compared. */
  proof: Backup.pick({
    proof: true,
    integrity: true,
    integrityProblem: true,
    sha256: true,
  }).partial(),
  /** Of one that may not be listed here yet. */
  record: Backup.optional(),
});
export type MadeCopy = z.infer<typeof MadeCopy>;

/** What the daemon does for a copy: it alone knows what is listed and in use. */
export interface CopyDesk {
  /** Lists it. Nothing is removed before this has settled. */
  copied(made: MadeCopy): Promise<void>;
  /** Removes the file at the near end of an archive that was moved to `far`; answers why it stays, if it does. */
  letGo(backup: string, near: string, far: string): Promise<string | undefined>;
}
