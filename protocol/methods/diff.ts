import * as z from 'zod';
import { DiffEntry } from '../domain/diff.ts';
import { Secrets } from '../domain/secrets.ts';
import { mutating, reading } from '../method.ts';
import { BackupReference, JobStarted, requestId } from './backup.ts';

/** What changed from one backup to another; with `rows`, databases that differ are compared row by row. */
export const backupDiff = mutating(
  'backup.diff',
  'admin',
  z.object({
    requestId,
    before: BackupReference,
    after: BackupReference,
    rows: z.boolean().optional(),
    secrets: Secrets.optional(),
  }),
  JobStarted,
);
/**
 * A part of all that a diff found: removed, changed, added. `at`: 0, then `next` of the part before, which is
 * absent at the end. Kept for some days.
 */
export const backupDiffEntries = reading(
  'backup.diffEntries',
  'admin',
  z.object({ job: z.number(), at: z.int().min(0), limit: z.int().min(1).max(1000) }),
  z.object({ entries: z.array(DiffEntry).readonly(), next: z.number().optional() }),
);
