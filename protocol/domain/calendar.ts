import * as z from 'zod';
import { RunKind, RunOutcome } from './schedule.ts';

/** One thing of a month: a run that happened, or will; a verify or drill of the rota; a backup made by hand. */
export const CalendarEntry = z.object({
  atMs: z.number(),
  what: z.enum(['run', 'manual', 'verify', 'drill', 'checkpoint']),
  schedule: z.string().optional(),
  kind: RunKind.optional(),
  outcome: z.union([RunOutcome, z.literal('will run'), z.literal('will be skipped')]),
  job: z.number().optional(),
  backup: z.string().optional(),
  note: z.string().optional(),
});
export type CalendarEntry = z.infer<typeof CalendarEntry>;
