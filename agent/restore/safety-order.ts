import * as z from 'zod';
import { Destination } from '../../protocol/methods/backup.ts';

/** Where the safety backup of a restore goes and against which full, chosen where all backups are known. */
export const SafetyOrder = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('to'),
    backupId: z.string(),
    destination: Destination,
    differential: z.union([
      z.object({ base: z.object({ id: z.string(), path: z.string() }) }),
      z.object({ whyFull: z.string() }),
    ]),
    /** Of the last differential of this base, where there is one. */
    lastBytes: z.number().optional(),
    /** Of the last full: archive bytes by content byte, and content bytes in a second. */
    ratio: z.number().optional(),
    bytesPerSecond: z.number().optional(),
  }),
  z.object({ kind: z.literal('nowhere'), why: z.string() }),
]);
export type SafetyOrder = z.infer<typeof SafetyOrder>;
