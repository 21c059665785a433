import * as z from 'zod';
import { ComingRun, Run, RunKind, Schedule, ScheduleSettings } from '../domain/schedule.ts';
import { mutating, reading } from '../method.ts';
import { JobStarted, requestId } from './backup.ts';

const scheduleId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

export const scheduleList = reading(
  'schedule.list',
  'viewer',
  z.object({}),
  z.object({ schedules: z.array(Schedule).readonly(), revision: z.string() }),
);
/** One schedule with its newest runs, newest first, and the next ten. */
export const scheduleShow = reading(
  'schedule.show',
  'viewer',
  z.object({
    schedule: z.string(),
    /** Absent: 20. */
    runs: z.int().min(1).max(1000).optional(),
  }),
  z.object({
    schedule: Schedule,
    runs: z.array(Run).readonly(),
    /** Absent: paused. */
    coming: z.array(ComingRun).readonly().optional(),
    betweenFulls: z.number().optional(),
    notes: z.array(z.string()).readonly(),
  }),
);
/** Words and the next runs of a schedule before it is saved. */
export const schedulePreview = reading(
  'schedule.preview',
  'viewer',
  z.object({ settings: ScheduleSettings }),
  z.object({
    words: z.string(),
    nextMs: z.array(z.number()).readonly(),
    /** The same with kind and note; ten of them. */
    runs: z.array(ComingRun).readonly().optional(),
    /** Differentials between two fulls, where it is the same number each time. */
    betweenFulls: z.number().optional(),
    /** What is worth knowing: the machine's zone is another one, months are Gregorian, a run meets a blackout. */
    notes: z.array(z.string()).readonly().optional(),
  }),
);
/** Creates or changes a schedule in kedge.jsonc, comments kept; `settings` null removes it. */
export const scheduleSet = mutating(
  'schedule.set',
  'admin',
  z.object({
    requestId,
    schedule: scheduleId,
    settings: ScheduleSettings.nullable(),
    /** Of the configuration that was read; absent: whatever it is now. */
    revision: z.string().optional(),
  }),
  z.object({ revision: z.string() }),
);
export const schedulePause = mutating(
  'schedule.pause',
  'admin',
  z.object({ requestId, schedule: z.string(), paused: z.boolean() }),
  z.object({ revision: z.string() }),
);
export const scheduleRun = mutating(
  'schedule.run',
  'operator',
  z.object({
    requestId,
    schedule: z.string(),
    /** Absent: a full. */
    kind: RunKind.optional(),
  }),
  JobStarted,
);
/** The next run is left out, or is not left out after all. */
export const scheduleSkip = mutating(
  'schedule.skip',
  'admin',
  z.object({ requestId, schedule: z.string(), skip: z.boolean() }),
  z.object({ schedule: Schedule }),
);
