import { z } from 'zod';
import { Alarm } from './alarm.ts';
import { Backup } from './backup.ts';
import { SpacePlace } from './space.ts';

/** The last days in numbers: what ran, what is proven, what grew, what is wrong. */
export const Report = z.object({
  application: z.string(),
  host: z.string(),
  fromMs: z.number(),
  untilMs: z.number(),
  schedules: z
    .array(
      z.object({
        id: z.string(),
        words: z.string(),
        complete: z.number(),
        withGaps: z.number(),
        failed: z.number(),
        missed: z.number(),
        nextMs: z.number().optional(),
      }),
    )
    .readonly(),
  newestGood: Backup.optional(),
  lastProven: Backup.optional(),
  verified: z.number(),
  damaged: z.number(),
  /** Good fulls that were not verified within the last 31 days. */
  unverified: z.number(),
  bytesBefore: z.number(),
  bytesNow: z.number(),
  space: z.array(SpacePlace).readonly(),
  alarms: z.array(Alarm).readonly(),
});
export type Report = z.infer<typeof Report>;
