import * as z from 'zod';

/** What became of telling one thing by one route. `run` and `summary` are of no alarm. */
export const Delivery = z.object({
  route: z.string(),
  what: z.enum(['open', 'cured', 'test', 'run', 'summary']),
  state: z.enum(['sent', 'waiting', 'failed']),
  /** Of the last try, or since when it waits for its first; ms. */
  atMs: z.number(),
  tries: z.number(),
  /** Of one that waits after a failure, ms. */
  nextMs: z.number().optional(),
  problem: z.string().optional(),
});
export type Delivery = z.infer<typeof Delivery>;

/**
 * A problem that somebody must know of. Repeats within an hour are folded into `count`: `sinceMs` is when it came
 * first, `lastMs` when it came last. Times in ms.
 */
export const Alarm = z.object({
  id: z.number(),
  /** Of the problem: the same problem later is the same key. */
  key: z.string(),
  severity: z.enum(['error', 'warning']),
  text: z.string(),
  place: z.string().optional(),
  hint: z.string().optional(),
  state: z.enum(['open', 'acknowledged', 'cured']),
  sinceMs: z.number(),
  lastMs: z.number(),
  count: z.number(),
  acknowledgedMs: z.number().optional(),
  curedMs: z.number().optional(),
  deliveries: z.array(Delivery).readonly(),
});
export type Alarm = z.infer<typeof Alarm>;

/** A way of telling alarms, as configured. */
export const AlarmRoute = z.object({
  name: z.string(),
  kind: z.enum(['command', 'webhook', 'mail', 'ping']),
  /** Where to, without secrets: "ops@clinic.example by mail.clinic.example:587". */
  to: z.string(),
  /** The least that is told by it; absent: all. */
  minimum: z.enum(['error', 'warning']).optional(),
  lastSentMs: z.number().optional(),
  lastProblem: z.object({ atMs: z.number(), problem: z.string() }).optional(),
});
export type AlarmRoute = z.infer<typeof AlarmRoute>;
