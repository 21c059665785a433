import * as z from 'zod';
import { Secrets } from '../domain/secrets.ts';
import { mutating } from '../method.ts';
import { BackupReference, JobStarted, requestId } from './backup.ts';

/** Brings what is whole of a damaged archive into a new or empty folder, and names what is lost. */
export const backupSalvage = mutating(
  'backup.salvage',
  'admin',
  z.object({
    requestId,
    backup: BackupReference,
    folder: z.string().startsWith('/'),
    /** The full of a differential; absent: looked for beside it and in all stores. */
    base: z.string().startsWith('/').optional(),
    secrets: Secrets.optional(),
  }),
  JobStarted,
);
