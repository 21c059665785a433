import * as z from 'zod';
import { Backup } from './backup.ts';

/** One line of the preview of retention: what goes or stays, and why. */
export const RetentionLine = z.object({
  backup: z.string(),
  verdict: z.enum(['goes', 'stays']),
  reason: z.string(),
  /** File name, and what it takes. Bytes. */
  name: z.string().optional(),
  sizeBytes: z.number().optional(),
  /** Of one that stays for now: when its rule lets it go, ms; absent: never, or not known. */
  untilMs: z.number().optional(),
  /** Of a line that is about one store only: what lies there goes, the same archive elsewhere stays. */
  store: z.string().optional(),
});
export type RetentionLine = z.infer<typeof RetentionLine>;

/** A backup that retention or a delete took: its file lies in the trash of its store until it expires. */
export const TrashedBackup = z.object({
  backup: Backup,
  trashedAtMs: z.number(),
  /** "older than 30 days", "deleted by hand". */
  reason: z.string(),
  expiresAtMs: z.number(),
  /** Where its file lies now. */
  path: z.string(),
});
export type TrashedBackup = z.infer<typeof TrashedBackup>;

/** The state folder came from another machine, or this machine was cloned: nothing is deleted until that is answered. */
export const MovedInstallation = z.object({
  /** Host name it was made on. */
  from: z.string(),
  sinceMs: z.number(),
});
export type MovedInstallation = z.infer<typeof MovedInstallation>;
