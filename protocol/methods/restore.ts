import { z } from 'zod';
import { Undo } from '../domain/restore.ts';
import { Secrets } from '../domain/secrets.ts';
import { mutating, reading } from '../method.ts';
import { BackupReference, JobStarted, requestId } from './backup.ts';

/** Makes a plan in a job; the job's result holds it. */
export const restorePlan = mutating(
  'restore.plan',
  z.object({ requestId, backup: BackupReference, secrets: Secrets.optional() }),
  JobStarted,
);
/** Runs a plan. `confirmation` is the application's name, typed. */
export const restoreRun = mutating(
  'restore.run',
  z.object({
    requestId,
    plan: z.string(),
    confirmation: z.string(),
    secrets: Secrets.optional(),
  }),
  JobStarted,
);
export const undoList = reading(
  'undo.list',
  z.object({}),
  z.object({ undos: z.array(Undo).readonly() }),
);
export const undoRun = mutating(
  'undo.run',
  z.object({ requestId, undo: z.string(), confirmation: z.string() }),
  JobStarted,
);
