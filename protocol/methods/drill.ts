import * as z from 'zod';
import { Secrets } from '../domain/secrets.ts';
import { mutating } from '../method.ts';
import { BackupReference, JobStarted, requestId } from './backup.ts';

/** Restores a backup into scratch, checks it and throws it away; `probe` false: without starting the application. */
export const drillRun = mutating(
  'drill.run',
  'operator',
  z.object({
    requestId,
    backup: BackupReference,
    probe: z.boolean().optional(),
    secrets: Secrets.optional(),
  }),
  JobStarted,
);
