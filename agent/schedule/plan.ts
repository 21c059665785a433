import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { startOf } from './start-time.ts';
import { type Occurrence, type Timetable, timetableOf } from './timetable.ts';

/**
 * A schedule at work. `servedMs`: the last slot served; `basisMs`: what `next` was counted from,
 * the same unless the clock was set far back.
 */
export interface Plan {
  readonly settings: ScheduleSettings;
  /** Of installation and schedule. */
  readonly seed: string;
  readonly timetable: Timetable;
  readonly servedMs: number;
  readonly basisMs: number;
  readonly next: Occurrence;
  /** When the next begins, ms. */
  readonly startMs: number;
  /** What is due could not be written down: it is tried again then, ms. */
  readonly heldUntilMs?: number;
}

/** A run that starts later than this after its time was missed, and `ifMissed` decides. */
export const onTimeMs = 120_000;
/** Corrections of a clock up to this much repeat no slot, however short the schedule's period. */
const smallCorrectionMs = 3_600_000;

export function newPlan(settings: ScheduleSettings, seed: string, servedMs: number): Plan {
  const timetable = timetableOf(settings);
  return counted({ settings, seed, timetable, servedMs }, servedMs);
}

/** The plan as the clock stands now, which may have been set back since. */
export function planAt(plan: Plan, nowMs: number): Plan {
  if (plan.servedMs <= nowMs) {
    return plan.basisMs === plan.servedMs ? plan : counted(plan, plan.servedMs);
  }
  return plan.basisMs > nowMs && wasSetFarBack(plan, nowMs) ? counted(plan, nowMs) : plan;
}

export function served({ heldUntilMs: _, ...plan }: Plan, slotMs: number): Plan {
  return counted({ ...plan, servedMs: slotMs }, slotMs);
}

/** When what is next or due begins: what was missed does not begin in a blackout either. */
export function beginsMs({ settings, timetable, startMs }: Plan, nowMs: number): number {
  const makesUp = settings.paused !== true && settings.ifMissed !== 'skip';
  return makesUp && nowMs - startMs > onTimeMs
    ? Math.max(startMs, timetable.freeFrom(nowMs))
    : startMs;
}

/** The same rule with other settings beside it. */
export function withSettings(plan: Plan, settings: ScheduleSettings): Plan {
  return counted({ ...plan, settings }, plan.basisMs);
}

/**
 * A served slot in the future comes from a clock that has been set back. If it is the very next
 * one it is not run again. Beyond that the old clock was wrong (a year ahead, say), and to wait
 * for it to come true would mean no backup for all that time.
 */
function wasSetFarBack({ timetable, servedMs }: Plan, nowMs: number): boolean {
  if (servedMs - nowMs <= smallCorrectionMs) return false;
  return timetable.next(timetable.next(nowMs).atMs).atMs <= servedMs;
}

function counted(plan: Omit<Plan, 'basisMs' | 'next' | 'startMs'>, basisMs: number): Plan {
  const { settings, timetable, seed } = plan;
  const next = timetable.next(basisMs);
  return { ...plan, basisMs, next, startMs: startOf(settings, timetable, seed, next) };
}
