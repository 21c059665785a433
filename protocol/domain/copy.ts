import * as z from 'zod';

/** What became of one backup of a copy, a move or an import. Sizes in bytes. */
export const CopiedBackup = z.object({
  backup: z.string(),
  from: z.string(),
  to: z.string(),
  bytes: z.number(),
  outcome: z.enum(['copied', 'moved', 'already there', 'left out']),
  /** Of one left out, or of one that stayed at the near end. */
  why: z.string().optional(),
  /** Id of the one it was made by, where that is another than this. */
  installation: z.string().optional(),
});
export type CopiedBackup = z.infer<typeof CopiedBackup>;

export const CopyResult = z.object({
  backups: z.array(CopiedBackup).readonly(),
  bytes: z.number(),
});
export type CopyResult = z.infer<typeof CopyResult>;

/** A drive that comes and goes and is not plugged in. */
export const AwayDrive = z.object({
  /** What is written on it; absent: only the name of its store is known. */
  label: z.string().optional(),
  lastSeenMs: z.number().optional(),
});
export type AwayDrive = z.infer<typeof AwayDrive>;

/** Another place where the same archive lies. */
export const BackupCopy = z.object({
  path: z.string(),
  store: z.string().optional(),
  presence: z.enum(['present', 'missing', 'offline']),
  away: AwayDrive.optional(),
});
export type BackupCopy = z.infer<typeof BackupCopy>;
