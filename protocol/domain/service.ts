import * as z from 'zod';

export const ServiceRole = z.enum(['host', 'agent', 'database']);
export type ServiceRole = z.infer<typeof ServiceRole>;

/** One word for what a service answers now. */
export const HealthState = z.enum([
  'healthy',
  'starting',
  'ill',
  'stopping',
  'stopped',
  'failed',
  'flapping',
  'unknown',
]);
export type HealthState = z.infer<typeof HealthState>;

export const Service = z.object({
  id: z.string(),
  role: ServiceRole,
  manager: z.string(),
  dependsOn: z.array(z.string()).readonly(),
  health: HealthState,
  /** Why, in one line: "running, GET /health 200", "exit 3: cannot open database". */
  why: z.string(),
  sinceMs: z.number(),
  /** The first bad answer of its probes, when they have been bad ever since. */
  badSinceMs: z.number().optional(),
  pid: z.number().optional(),
  /** Of all its processes; measured only while somebody is connected. Rounded: not each byte is told. */
  memoryBytes: z.number().optional(),
  /** Of one processor: 100 is one that is busy all the time. */
  cpuPercent: z.number().optional(),
  restarts: z.number(),
  /** It was asked to stop and runs again, started by this: "clinic.socket". */
  startedBy: z.string().optional(),
});
export type Service = z.infer<typeof Service>;

/** From this moment on it was so. */
export const HealthChange = z.object({ atMs: z.number(), state: HealthState, why: z.string() });
export type HealthChange = z.infer<typeof HealthChange>;

export const ServiceHistory = z.object({
  service: z.string(),
  /** The worst state in each of equal parts of the time, oldest first; null: nothing is known. */
  buckets: z.array(HealthState.nullable()).readonly(),
  /** Oldest first, the newest of them. */
  changes: z.array(HealthChange).readonly(),
});
export type ServiceHistory = z.infer<typeof ServiceHistory>;

export const ResetStepState = z.enum(['waiting', 'running', 'done', 'skipped', 'failed']);
export const ResetStep = z.object({
  /** "kedge" where it is restarted. */
  service: z.string(),
  /** `restart`: of Kedge itself, the last step of all. */
  action: z.enum(['stop', 'start', 'restart']),
  state: ResetStepState,
  detail: z.string(),
  ms: z.number().optional(),
});
export type ResetStep = z.infer<typeof ResetStep>;

export const ResetReport = z.object({
  outcome: z.enum(['done', 'degraded', 'rolled back', 'failed']),
  steps: z.array(ResetStep).readonly(),
  /** Where Kedge died in mid-reset, when this is what was done afterwards: "starting host". */
  interruptedAt: z.string().optional(),
  /** Jobs that failed before and were queued again afterwards. */
  retried: z.array(z.number()).readonly(),
  /** What was cleared or found on the way: "db had been started too often; that was cleared". */
  notes: z.array(z.string()).readonly().optional(),
});
export type ResetReport = z.infer<typeof ResetReport>;
