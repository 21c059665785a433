import { z } from 'zod';

/** What became of one backup of a copy, a move or an import. Sizes in bytes. */
export const CopiedBackup = z.object({
  backup: z.string(),
  from: z.string(),
  to: z.string(),
  bytes: z.number(),
  outcome: z.enum(['copied', 'moved', 'already there', 'left out']),
  /** Of one left out, or of one that stayed at the near end. */
  why: z.string().optional(),
});
export type CopiedBackup = z.infer<typeof CopiedBackup>;

export const CopyResult = z.object({
  backups: z.array(CopiedBackup).readonly(),
  bytes: z.number(),
});
export type CopyResult = z.infer<typeof CopyResult>;

/** Another place where the same archive lies. */
export const BackupCopy = z.object({
  path: z.string(),
  store: z.string().optional(),
  presence: z.enum(['present', 'missing', 'offline']),
});
export type BackupCopy = z.infer<typeof BackupCopy>;
