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

/** A time of the rule. `wallMs`: what the rule says, which the clock may not show; absent: it follows real hours. */
export interface Slot {
  readonly atMs: number;
  readonly wallMs?: number;
}

/** The next time of a rule strictly after a moment, ms UTC. */
export type Slots = (afterMs: number) => Slot;

/**
 * Throws `bad-argument` as `checkRecurrence` does. Times of day run once per local day: right after
 * the gap where daylight saving skips them, the first time where it repeats them. A cron that takes
 * every hour follows the real hours instead.
 */
export function slotsOf(recurrence: Recurrence, zone: string): Slots {
  checkRecurrence(recurrence, zone);
  const slots = wallSlots(recurrence);
  return everyHour(recurrence)
    ? (afterMs) => ({ atMs: nextInRealTime(slots, zone, afterMs) })
    : (afterMs) => nextOncePerSlot(slots, zone, afterMs);
}

export function nextRun(recurrence: Recurrence, zone: string, afterMs: number): number {
  return slotsOf(recurrence, zone)(afterMs).atMs;
}

/** The last time in (afterMs, untilMs]; quick also where years of them lie between. */
export function latestSlot(slots: Slots, afterMs: number, untilMs: number): Slot | undefined {
  for (let backMs = 3_600_000; ; backMs *= 2) {
    const from = Math.max(afterMs, untilMs - backMs);
    let latest: Slot | undefined;
    let slot = slots(from);
    for (; slot.atMs <= untilMs; slot = slots(slot.atMs)) latest = slot;
    if (latest !== undefined || from === afterMs) return latest;
  }
}

function everyHour(recurrence: Recurrence): boolean {
  return recurrence.every === 'cron' && readCron(recurrence.cron).hour.all;
}

function nextOncePerSlot(slots: WallSlots, zone: string, afterMs: number): Slot {
  for (let wallMs = slots(wallClock(afterMs, zone)); ; wallMs = slots(wallMs)) {
    const atMs = instantOf(wallMs, zone);
    if (atMs > afterMs && !isOnLostDate(slots, zone, wallMs, atMs)) return { atMs, wallMs };
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
