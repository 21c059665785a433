import * as z from 'zod';
import { BackupKind } from '../domain/backup.ts';
import { reading } from '../method.ts';

/** A day of the asked zone, with the moments of its first and last backup. */
export const BackupDay = z.object({
  /** Such as 2026-11-20. */
  day: z.string(),
  fromMs: z.number(),
  toMs: z.number(),
  good: z.number(),
  total: z.number(),
});
export type BackupDay = z.infer<typeof BackupDay>;

export const BackupMoment = z.object({
  backup: z.string(),
  /** Of the file. */
  name: z.string(),
  capturedAtMs: z.number(),
  kind: BackupKind,
  /** Why it is not good; absent: it is. */
  why: z.string().optional(),
});
export type BackupMoment = z.infer<typeof BackupMoment>;

/** Days that have backups of this application, the newest first. `older`: there are more than are looked at. */
export const momentDays = reading(
  'moment.days',
  'viewer',
  z.object({ zone: z.string().max(100) }),
  z.object({ days: z.array(BackupDay).readonly(), older: z.boolean() }),
);
/** Backups between two moments, both included, the newest first; 2,000 at most. */
export const momentList = reading(
  'moment.list',
  'viewer',
  z.object({ fromMs: z.number(), toMs: z.number() }),
  z.object({ moments: z.array(BackupMoment).readonly() }),
);
