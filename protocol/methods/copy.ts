import * as z from 'zod';
import { mutating } from '../method.ts';
import { Destination, JobStarted, requestId } from './backup.ts';

/** Copies or moves backups with the differentials of the fulls among them; verified there before anything goes here. */
export const backupCopy = mutating(
  'backup.copy',
  'admin',
  z.object({
    requestId,
    backups: z.array(z.string().min(1)).min(1).max(10_000),
    to: Destination,
    move: z.boolean(),
  }),
  JobStarted,
);
/** Verifies the archives of a folder and copies (or moves) them into a store; foreign ones are listed as foreign. */
export const backupImport = mutating(
  'backup.import',
  'admin',
  z.object({
    requestId,
    folder: z.string().startsWith('/'),
    store: z.string(),
    move: z.boolean().optional(),
  }),
  JobStarted,
);
