import type { Recurrence } from '../../protocol/domain/schedule.ts';
import {
  dateExists,
  instantOf,
  offsetAt,
  offsetChange,
  startOfDate,
  wallClock,
} from '../os/wall-clock.ts';
import { checkRecurrence } from './check-recurrence.ts';
import { readCron } from './cron-fields.ts';
import { type WallSlots, wallSlots } from './wall-slots.ts';

const dayMs = 86_400_000;

/**
 * The next run strictly after `afterMs`; ms, UTC. Throws `bad-argument` as `checkRecurrence` does.
 * Times of day run once per local day: right after the gap where daylight saving skips them, the
 * first time where it repeats them. A cron that takes every hour follows the real hours instead.
 */
export function nextRun(recurrence: Recurrence, zone: string, afterMs: number): number {
  checkRecurrence(recurrence, zone);
  const slots = wallSlots(recurrence);
  return everyHour(recurrence)
    ? nextInRealTime(slots, zone, afterMs)
    : nextOncePerSlot(slots, zone, afterMs);
}

export function nextRuns(
  recurrence: Recurrence,
  zone: string,
  afterMs: number,
  count: number,
): readonly number[] {
  const runs: number[] = [];
  for (let at = afterMs; runs.length < count; ) {
    at = nextRun(recurrence, zone, at);
    runs.push(at);
  }
  return runs;
}

/** The last run in (afterMs, untilMs]; quick also where years of runs lie between. */
export function latestRun(
  recurrence: Recurrence,
  zone: string,
  afterMs: number,
  untilMs: number,
): number | undefined {
  for (let backMs = 3_600_000; ; backMs *= 2) {
    const from = Math.max(afterMs, untilMs - backMs);
    let latest: number | undefined;
    let run = nextRun(recurrence, zone, from);
    for (; run <= untilMs; run = nextRun(recurrence, zone, run)) latest = run;
    if (latest !== undefined || from === afterMs) return latest;
  }
}

function everyHour(recurrence: Recurrence): boolean {
  return recurrence.every === 'cron' && readCron(recurrence.cron).hour.all;
}

function nextOncePerSlot(slots: WallSlots, zone: string, afterMs: number): number {
  for (let wall = slots(wallClock(afterMs, zone)); ; wall = slots(wall)) {
    const at = instantOf(wall, zone);
    if (at > afterMs && !isOnLostDate(slots, zone, wall, at)) return at;
  }
}

/** A slot of a date that the zone left out gives way to the slot of the date after it. */
function isOnLostDate(slots: WallSlots, zone: string, wall: number, at: number): boolean {
  if (dateExists(wall, zone)) return false;
  const landing = startOfDate(wallClock(at, zone));
  return slots(landing - 1) < landing + dayMs;
}

/** Walks in steps with one offset from UTC each; within one, wall and real time run alike. */
function nextInRealTime(slots: WallSlots, zone: string, afterMs: number): number {
  let from = afterMs;
  let floor = wallClock(from, zone);
  for (;;) {
    const end = offsetChange(from, from + dayMs, zone) ?? from + dayMs;
    const run = slots(floor) - offsetAt(from, zone);
    if (run < end) return run;
    from = end;
    // One ms less, as a slot may lie right at the start of a step.
    floor = wallClock(from, zone) - 1;
  }
}
