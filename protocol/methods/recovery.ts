import * as z from 'zod';
import { OpenRecovery } from '../domain/recovery.ts';
import { mutating, reading } from '../method.ts';
import { JobStarted, requestId } from './backup.ts';

/** What died and is not settled; the servers that it takes are asked, so it may take some seconds. */
export const recoveryList = reading(
  'recovery.list',
  'viewer',
  z.object({}),
  z.object({ recoveries: z.array(OpenRecovery).readonly() }),
);
/**
 * Settles one without the servers that do not answer; refused while all of them do. `confirmation` is the application's
 * name, typed. The job's result says what stays in those servers.
 */
export const recoveryGiveUp = mutating(
  'recovery.giveUp',
  'admin',
  z.object({ requestId, job: z.number().int(), confirmation: z.string() }),
  JobStarted,
);
