import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { nextRun } from './next-run.ts';

/**
 * A schedule at work. `servedMs`: the last slot served; `basisMs`: what `nextMs` was counted from,
 * the same unless the clock was set far back.
 */
export interface Plan {
  readonly settings: ScheduleSettings;
  readonly servedMs: number;
  readonly basisMs: number;
  readonly nextMs: number;
}

/** Corrections of a clock up to this much repeat no slot, however short the schedule's period. */
const smallCorrectionMs = 3_600_000;

/** The plan as the clock stands now, which may have been set back since. */
export function planAt(plan: Plan, nowMs: number): Plan {
  if (plan.servedMs <= nowMs) {
    return plan.basisMs === plan.servedMs ? plan : countFrom(plan, plan.servedMs);
  }
  return plan.basisMs > nowMs && wasSetFarBack(plan, nowMs) ? countFrom(plan, nowMs) : plan;
}

/**
 * A served slot in the future comes from a clock that has been set back. If it is the very next
 * one it is not run again. Beyond that the old clock was wrong (a year ahead, say), and to wait
 * for it to come true would mean no backup for all that time.
 */
function wasSetFarBack({ settings, servedMs }: Plan, nowMs: number): boolean {
  if (servedMs - nowMs <= smallCorrectionMs) return false;
  const { full, zone } = settings;
  return nextRun(full, zone, nextRun(full, zone, nowMs)) <= servedMs;
}

function countFrom(plan: Plan, basisMs: number): Plan {
  const { full, zone } = plan.settings;
  return { ...plan, basisMs, nextMs: nextRun(full, zone, basisMs) };
}
