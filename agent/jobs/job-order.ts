import { z } from 'zod';
import { Backup, BackupOrigin } from '../../protocol/domain/backup.ts';
import { RestorePlan } from '../../protocol/domain/restore.ts';
import { Destination } from '../../protocol/methods/backup.ts';

/** All that a job needs beyond the configuration: kept with its record, so that it can be started again. */
export const JobOrder = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backup'),
    backupId: z.string(),
    origin: BackupOrigin,
    schedule: z.string().optional(),
    name: z.string().optional(),
    destination: Destination,
  }),
  z.object({ kind: z.literal('verify'), path: z.string(), backup: z.string().optional() }),
  z.object({ kind: z.literal('plan'), planId: z.string(), backup: Backup }),
  z.object({
    kind: z.literal('restore'),
    plan: RestorePlan,
    confirmation: z.string(),
    undoId: z.string(),
  }),
  z.object({ kind: z.literal('undo'), undo: z.string(), newUndoId: z.string() }),
  z.object({ kind: z.literal('recovery'), journal: z.string() }),
  z.object({
    kind: z.literal('reset'),
    services: z.array(z.string()).readonly(),
    retryJob: z.number().optional(),
    /** Path of the record of a reset that died: what ran before it is started again. */
    resume: z.string().optional(),
  }),
]);
export type JobOrder = z.infer<typeof JobOrder>;

/** Jobs that change data or services: one at a time. Verifying and planning only read. */
export function isWriting(order: JobOrder): boolean {
  return order.kind !== 'verify' && order.kind !== 'plan';
}
