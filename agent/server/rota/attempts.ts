import { type JobOrder, JobOrder as Order, rotaPlaceOf } from '../../jobs/job-order.ts';
import type { JobRecord } from '../../state/job-records.ts';

/** What became of the turns of a backup lately. */
export interface Attempts {
  readonly gaveWay: number;
  /** Not tried again before, ms. */
  readonly restsUntilMs: number;
}

/** What it gave way to has only just begun. */
const afterGivingWayMs = 10 * 60_000;
/** One that failed, or that somebody cancelled. */
const afterFailureMs = 24 * 3_600_000;

/** By `turnKey`, of job records in the order of their times. */
export function attemptsOf(records: readonly JobRecord[]): ReadonlyMap<string, Attempts> {
  const attempts = new Map<string, Attempts>();
  for (const { job, order: raw } of records) {
    const order = Order.safeParse(raw).data;
    const key = order === undefined ? undefined : keyOf(order);
    if (key === undefined) continue;
    attempts.set(key, after(attempts.get(key) ?? none, job));
  }
  return attempts;
}

const none: Attempts = { gaveWay: 0, restsUntilMs: 0 };

function after({ gaveWay, restsUntilMs }: Attempts, job: JobRecord['job']): Attempts {
  const endedMs = job.finishedAtMs ?? job.createdAtMs;
  const resting = { gaveWay, restsUntilMs: endedMs + afterFailureMs };
  switch (job.state.kind) {
    case 'queued':
    case 'running':
      return { gaveWay, restsUntilMs };
    case 'done':
      return none;
    case 'cancelled':
      return job.state.gaveWayTo === undefined
        ? resting
        : { gaveWay: gaveWay + 1, restsUntilMs: endedMs + afterGivingWayMs };
    case 'failed':
      // That Kedge stopped meanwhile is nobody's fault.
      return job.state.failure.code === 'interrupted' ? { gaveWay, restsUntilMs } : resting;
    default:
      return job.state satisfies never;
  }
}

/** Drills are of one backup after the other. */
export function turnKey(turn: {
  readonly kind: 'verify' | 'drill';
  readonly backup: string;
}): string {
  return turn.kind === 'drill' ? 'drill' : `verify ${turn.backup}`;
}

function keyOf(order: JobOrder): string | undefined {
  if (rotaPlaceOf(order) === undefined) return undefined;
  if (order.kind === 'drill') return turnKey({ kind: 'drill', backup: order.backup.id });
  if (order.kind !== 'verify' || order.backup === undefined) return undefined;
  return turnKey({ kind: 'verify', backup: order.backup });
}
