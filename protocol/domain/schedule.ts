import { z } from 'zod';

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .meta({ title: 'Time', description: 'Time of day in the zone of the schedule, such as 02:00' });

export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

/** When fulls are taken. `day` of a month past its end means its last day. */
export const Recurrence = z.discriminatedUnion('every', [
  z.object({ every: z.literal('day'), at: timeOfDay }).strict(),
  z.object({ every: z.literal('week'), on: z.enum(weekdays), at: timeOfDay }).strict(),
  z.object({ every: z.literal('month'), day: z.int().min(1).max(31), at: timeOfDay }).strict(),
  z.object({ every: z.literal('cron'), cron: z.string() }).strict(),
]);
export type Recurrence = z.infer<typeof Recurrence>;

/** A schedule as it stands in kedge.jsonc under its name. */
export const ScheduleSettings = z
  .object({
    full: Recurrence.meta({ title: 'Full backup' }),
    store: z.string().meta({ title: 'Destination' }),
    zone: z.string().meta({ title: 'Time zone', description: 'IANA name, such as Europe/Berlin' }),
    deleteOlderThan: z
      .string()
      .regex(/^[1-9]\d{0,4} (hours?|days?|weeks?|months?|years?)$/)
      .optional()
      .meta({
        title: 'Delete backups older than',
        description: 'such as "30 days"; absent: never',
      }),
    ifMissed: z.enum(['run', 'skip']).optional().meta({ title: 'If a run was missed' }),
    paused: z.boolean().optional().meta({ title: 'Paused' }),
  })
  .strict();
export type ScheduleSettings = z.infer<typeof ScheduleSettings>;

export const Run = z.object({
  atMs: z.number(),
  job: z.number().optional(),
  outcome: z.enum(['complete', 'complete with named gaps', 'failed', 'cancelled', 'running']),
});
export type Run = z.infer<typeof Run>;

export const Schedule = z.object({
  id: z.string(),
  settings: ScheduleSettings,
  /** "every day at 02:00 (Europe/Berlin)". */
  words: z.string(),
  /** Absent: paused. */
  nextMs: z.number().optional(),
  lastRun: Run.optional(),
});
export type Schedule = z.infer<typeof Schedule>;

/** One line of the preview of retention: what goes or stays, and why. */
export const RetentionLine = z.object({
  backup: z.string(),
  verdict: z.enum(['goes', 'stays']),
  reason: z.string(),
});
export type RetentionLine = z.infer<typeof RetentionLine>;
