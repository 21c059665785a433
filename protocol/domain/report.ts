import * as z from 'zod';
import { Alarm } from './alarm.ts';
import { Backup } from './backup.ts';
import { Problem } from './snapshot.ts';
import { SpacePlace } from './space.ts';

/** The last days in numbers: what ran, what is proven, what grew, what is wrong. */
export const Report = z.object({
  application: z.string(),
  host: z.string(),
  fromMs: z.number(),
  untilMs: z.number(),
  /** What became of the runs whose time fell into these days. */
  schedules: z
    .array(
      z.object({
        id: z.string(),
        words: z.string(),
        complete: z.number(),
        withGaps: z.number(),
        failed: z.number(),
        missed: z.number(),
        /** By a person, or at the deadline; absent: none. */
        cancelled: z.number().optional(),
        /** Left out by "skip next", or because the run before was not through; absent: none. */
        skipped: z.number().optional(),
        nextMs: z.number().optional(),
        paused: z.literal(true).optional(),
      }),
    )
    .readonly(),
  /** Backups ordered by hand in these days, checkpoints included. */
  byHand: z.object({ complete: z.number(), withGaps: z.number(), failed: z.number() }).optional(),
  contact: z.string().optional(),
  newestGood: Backup.optional(),
  lastProven: Backup.optional(),
  /** Backups that were verified within these days. */
  verified: z.number(),
  /** Damaged ones that are listed now. */
  damaged: z.number(),
  /** Good fulls that were not verified within the last 31 days. */
  unverified: z.number(),
  /** Drills that ended within these days. */
  drills: z.object({ passed: z.number(), failed: z.number() }).optional(),
  /** Of all listed backups, copies included; `bytesBefore` at `beforeMs`, the nearest known to the beginning. */
  bytesBefore: z.number(),
  beforeMs: z.number().optional(),
  bytesNow: z.number(),
  /** Backups made in these days that are still there. */
  made: z.object({ backups: z.number(), bytes: z.number() }).optional(),
  space: z.array(SpacePlace).readonly(),
  /** Open and acknowledged ones, and those cured in these days. */
  alarms: z.array(Alarm).readonly(),
  /** What stands in PROBLEMS now. */
  problems: z.array(Problem).readonly().optional(),
});
export type Report = z.infer<typeof Report>;
