import * as z from 'zod';
import { Backup } from '../domain/backup.ts';
import { mutating, reading } from '../method.ts';
import { Destination, JobStarted, requestId } from './backup.ts';

/**
 * Takes a backup before a risky change: a differential where a good full is there, else a full; named so, pinned as
 * soon as it is sealed, verified by a job of its own as every backup.
 */
export const checkpointCreate = mutating(
  'checkpoint.create',
  'operator',
  z.object({
    requestId,
    name: z.string().min(1).max(120),
    destination: Destination.optional(),
  }),
  JobStarted,
);
/** All that are there, newest first. */
export const checkpointList = reading(
  'checkpoint.list',
  'viewer',
  z.object({}),
  z.object({ checkpoints: z.array(Backup).readonly() }),
);
