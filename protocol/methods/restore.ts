import * as z from 'zod';
import { LeftBehind, Undo } from '../domain/restore.ts';
import { RestoreMode, RestorePart } from '../domain/restore-order.ts';
import { RestoreChoices } from '../domain/restore-safety.ts';
import { Secrets } from '../domain/secrets.ts';
import { mutating, reading } from '../method.ts';
import { BackupReference, JobStarted, requestId } from './backup.ts';

/**
 * Makes a plan in a job; the job's result holds it. Either `backup`, or `atMs`: the newest good one at or before
 * that moment. Absent mode: replace; absent or no parts: all of it.
 */
export const restorePlan = mutating(
  'restore.plan',
  'admin',
  z.object({
    requestId,
    backup: BackupReference.optional(),
    atMs: z.number().optional(),
    mode: RestoreMode.optional(),
    parts: z.array(RestorePart).max(1000).readonly().optional(),
    choices: RestoreChoices.optional(),
    secrets: Secrets.optional(),
  }),
  JobStarted,
);
/** Runs a plan. `confirmation` is the application's name, typed; not needed to unpack elsewhere. */
export const restoreRun = mutating(
  'restore.run',
  'admin',
  z.object({
    requestId,
    plan: z.string(),
    confirmation: z.string(),
    /** What the plan goes without, in the words of `consentsOf`, typed. */
    consents: z.array(z.string()).max(4).readonly().optional(),
    secrets: Secrets.optional(),
  }),
  JobStarted,
);
export const undoList = reading(
  'undo.list',
  'viewer',
  z.object({}),
  z.object({ undos: z.array(Undo).readonly() }),
);
export const undoRun = mutating(
  'undo.run',
  'admin',
  z.object({ requestId, undo: z.string(), confirmation: z.string() }),
  JobStarted,
);
/** A pinned undo stays until it is unpinned. */
export const undoPin = mutating(
  'undo.pin',
  'admin',
  z.object({ requestId, undo: z.string(), pinned: z.boolean() }),
  z.object({ undo: Undo }),
);
/**
 * Removes an undo and its data. `confirmation` is the application's name, typed. `forget`: also where its server does
 * not let Kedge remove it; `left` then says what stays there.
 */
export const undoRemove = mutating(
  'undo.remove',
  'admin',
  z.object({
    requestId,
    undo: z.string(),
    confirmation: z.string(),
    forget: z.boolean().optional(),
  }),
  z.object({ removed: Undo, left: z.array(LeftBehind).readonly().optional() }),
);
/** In a job: what the undo would bring back and take away; the job's result holds it. */
export const undoPreview = mutating(
  'undo.preview',
  'admin',
  z.object({ requestId, undo: z.string() }),
  JobStarted,
);
