import * as z from 'zod';

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

/** Longer ones, and more of them, keep whoever works out the next runs busy for seconds. */
const cron = z.string().max(500);
const blackoutsMost = 50;

/** When fulls are taken. `day` of a month past its end means its last day. */
export const Recurrence = z.discriminatedUnion('every', [
  z
    .object({ every: z.literal('day'), at: timeOfDay })
    .strict()
    .meta({ title: 'Every day' }),
  z
    .object({ every: z.literal('week'), on: z.enum(weekdays), at: timeOfDay })
    .strict()
    .meta({ title: 'Every week' }),
  z
    .object({ every: z.literal('month'), day: z.int().min(1).max(31), at: timeOfDay })
    .strict()
    .meta({ title: 'Every month' }),
  z
    .object({ every: z.literal('cron'), cron })
    .strict()
    .meta({ title: 'By cron' }),
]);
export type Recurrence = z.infer<typeof Recurrence>;

/** "30 days". */
const age = z.string().regex(/^[1-9]\d{0,4} (hours?|days?|weeks?|months?|years?)$/);

/** Differentials between the fulls: every N real hours counted from the full, or by cron. */
export const DifferentialRecurrence = z.discriminatedUnion('every', [
  z
    .object({ every: z.literal('hours'), hours: z.int().min(1).max(336) })
    .strict()
    .meta({ title: 'Every so many hours' }),
  z
    .object({ every: z.literal('cron'), cron })
    .strict()
    .meta({ title: 'By cron' }),
]);
export type DifferentialRecurrence = z.infer<typeof DifferentialRecurrence>;

/** Times of day in which no run begins; one that falls into them begins at their end. `to` before `from`: over midnight. */
export const Blackout = z
  .object({
    from: timeOfDay,
    to: timeOfDay,
    on: z.array(z.enum(weekdays)).min(1).max(weekdays.length).optional(),
  })
  .strict();
export type Blackout = z.infer<typeof Blackout>;

/** What stays besides "not older than": the newest of each of the last so many hours, days, weeks, ... of the zone. */
export const Keep = z
  .object({
    last: z.int().min(1).max(10_000).optional(),
    daily: z.int().min(1).max(3_660).optional(),
    weekly: z.int().min(1).max(530).optional(),
    monthly: z.int().min(1).max(120).optional(),
    yearly: z.int().min(1).max(50).optional(),
  })
  .strict();
export type Keep = z.infer<typeof Keep>;

/** A schedule as it stands in kedge.jsonc under its name. */
export const ScheduleSettings = z
  .object({
    full: Recurrence.meta({ title: 'Full backup' }),
    differential: z
      .object({
        when: DifferentialRecurrence,
        /** Absent: where the fulls lie. */
        store: z.string().optional().meta({ names: 'stores' }),
      })
      .strict()
      .optional()
      .meta({ title: 'Differential backup', description: 'absent: none' }),
    store: z.string().meta({ title: 'Destination', names: 'stores' }),
    /** Every good backup of the schedule is copied there as well. */
    copyTo: z.string().optional().meta({ title: 'Second destination', names: 'stores' }),
    zone: z.string().meta({ title: 'Time zone', description: 'IANA name, such as Europe/Berlin' }),
    blackout: z.array(Blackout).max(blackoutsMost).optional().meta({ title: 'Not between' }),
    deleteOlderThan: age.optional().meta({
      title: 'Delete backups older than',
      description: 'such as "30 days"; absent: never',
    }),
    /** With it, what it names stays although it is older; alone, all else goes. */
    keep: Keep.optional().meta({ title: 'Keep at least' }),
    ifMissed: z
      .union([z.enum(['run', 'skip']), z.object({ skipIfOlderThan: age }).strict()])
      .optional()
      .meta({ title: 'If a run was missed' }),
    /** A run begins up to so many minutes late, by chance, for stores that many servers share. */
    jitterMinutes: z.int().min(1).max(120).optional().meta({ title: 'Spread over minutes' }),
    /** A run that takes longer is cancelled, and an alarm. */
    deadlineHours: z
      .number()
      .positive()
      .max(168)
      .optional()
      .meta({ title: 'Longest run in hours' }),
    /** A failed run is tried again so often, after 5, 15, 45, ... minutes; absent: 3. */
    retries: z.int().min(0).max(10).optional().meta({ title: 'Tries after a failure' }),
    paused: z.boolean().optional().meta({ title: 'Paused' }),
  })
  .strict();
export type ScheduleSettings = z.infer<typeof ScheduleSettings>;

export const RunKind = z.enum(['full', 'differential']);
export type RunKind = z.infer<typeof RunKind>;

export const RunOutcome = z.enum([
  'complete',
  'complete with named gaps',
  'failed',
  'cancelled',
  'running',
  /** It waits: for its retry, or in the queue. */
  'waiting',
  /** Kedge did not run at its time, and `ifMissed` let it go. */
  'missed',
  /** By "skip next", or because the run before it was not through. */
  'skipped',
]);
export type RunOutcome = z.infer<typeof RunOutcome>;

/** One firing of a schedule. */
export const Run = z.object({
  /** Of its slot, ms; of one run by hand the moment it was asked for. */
  atMs: z.number(),
  kind: RunKind.optional(),
  job: z.number().optional(),
  outcome: RunOutcome,
  /** Tries so far; absent: one. */
  tries: z.number().optional(),
  /** Of a failed one that will be tried again, ms. */
  retryMs: z.number().optional(),
  note: z.string().optional(),
});
export type Run = z.infer<typeof Run>;

/** A run that is to come. `note`: why it is not at the plain time of the rule ("02:30 does not exist on that day"). */
export const ComingRun = z.object({
  atMs: z.number(),
  kind: RunKind,
  note: z.string().optional(),
});
export type ComingRun = z.infer<typeof ComingRun>;

export const Schedule = z.object({
  id: z.string(),
  settings: ScheduleSettings,
  /** "every day at 02:00 (Europe/Berlin), differentials every 4 hours (5 between two fulls)". */
  words: z.string(),
  /** Absent: paused. */
  nextMs: z.number().optional(),
  nextKind: RunKind.optional(),
  /** That run will be left out: "skip next". */
  skipsNext: z.literal(true).optional(),
  lastRun: Run.optional(),
  /** The newest complete run, ms. */
  lastGoodMs: z.number().optional(),
});
export type Schedule = z.infer<typeof Schedule>;
