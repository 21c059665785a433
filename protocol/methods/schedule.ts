import { z } from 'zod';
import { RetentionLine, Schedule, ScheduleSettings } from '../domain/schedule.ts';
import { mutating, reading } from '../method.ts';
import { JobStarted, requestId } from './backup.ts';

const scheduleId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

export const scheduleList = reading(
  'schedule.list',
  z.object({}),
  z.object({ schedules: z.array(Schedule).readonly(), revision: z.string() }),
);
/** Words and the next runs of a schedule before it is saved. */
export const schedulePreview = reading(
  'schedule.preview',
  z.object({ settings: ScheduleSettings }),
  z.object({ words: z.string(), nextMs: z.array(z.number()).readonly() }),
);
/** Creates or changes a schedule in kedge.jsonc, comments kept; `settings` null removes it. */
export const scheduleSet = mutating(
  'schedule.set',
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
  z.object({ requestId, schedule: z.string(), paused: z.boolean() }),
  z.object({ revision: z.string() }),
);
export const scheduleRun = mutating(
  'schedule.run',
  z.object({ requestId, schedule: z.string() }),
  JobStarted,
);
export const retentionPreview = reading(
  'retention.preview',
  z.object({}),
  z.object({ lines: z.array(RetentionLine).readonly() }),
);
