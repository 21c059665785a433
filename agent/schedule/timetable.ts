import type { RunKind, ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { type Blackouts, blackoutsOf } from './blackouts.ts';
import { latestSlot, type Slot, type Slots, slotsOf } from './next-run.ts';

/** A run that a schedule plans. */
export interface Occurrence {
  readonly atMs: number;
  readonly kind: RunKind;
  /** What the rule says before blackouts move it. */
  readonly slot: Slot;
  /** Of a differential every so many hours: the full that they are counted from, ms. */
  readonly countedFromMs?: number;
}

/** All runs of a schedule in order, from its settings alone. Two never lie at the same moment. */
export interface Timetable {
  /** The next strictly after a moment. */
  next(afterMs: number): Occurrence;
  /** The last full at or before a moment; undefined: none in nine years. */
  latestFull(untilMs: number): Occurrence | undefined;
  /** Those in (afterMs, untilMs], oldest first; only the newest `limit` or somewhat more. */
  passed(afterMs: number, untilMs: number, limit: number): readonly Occurrence[];
  /** The first moment from then on at which a run may begin. */
  freeFrom(atMs: number): number;
}

const hourMs = 3_600_000;
/** Leap days lie eight years apart where a century has none. */
const longestMs = 9 * 366 * 24 * hourMs;
/** A differential by cron that lies this close to a full is left out. */
const nearMs = 15 * 60_000;

/** Throws `bad-argument` where the settings hold a rule that `checkSchedule` refuses. */
export function timetableOf(settings: ScheduleSettings): Timetable {
  const blackouts = blackoutsOf(settings.blackout ?? [], settings.zone);
  const fulls = slotsOf(settings.full, settings.zone);
  const nextFull = (afterMs: number): Occurrence => shifted(fulls, blackouts, afterMs);
  const latestFull = (untilMs: number): Occurrence | undefined => {
    const start = blackouts.startOf(untilMs);
    const free = blackouts.endOf(untilMs) === untilMs;
    const until = free ? untilMs : start - 1;
    const slot = latestSlot(fulls, until - longestMs, until);
    return slot && { atMs: blackouts.endOf(slot.atMs), kind: 'full', slot };
  };
  const differentials = differentialsOf(settings, blackouts);

  // Between two fulls, where most questions fall, they are looked for once.
  let between: { last: Occurrence | undefined; next: Occurrence } | undefined;
  const fullsAround = (afterMs: number) => {
    const known = between?.last !== undefined && between.last.atMs <= afterMs;
    if (between === undefined || !known || afterMs >= between.next.atMs)
      between = { last: latestFull(afterMs), next: nextFull(afterMs) };
    return between;
  };
  const next = (afterMs: number): Occurrence => {
    if (differentials === undefined) return nextFull(afterMs);
    const around = fullsAround(afterMs);
    return differentials(afterMs, around.last, around.next) ?? around.next;
  };
  const passed = (afterMs: number, untilMs: number, limit: number): readonly Occurrence[] => {
    for (let backMs = hourMs; ; backMs *= 2) {
      const from = Math.max(afterMs, untilMs - backMs);
      const found: Occurrence[] = [];
      for (let one = next(from); one.atMs <= untilMs; one = next(one.atMs)) found.push(one);
      if (found.length >= limit || from === afterMs) return found;
    }
  };
  return { next, latestFull, passed, freeFrom: blackouts.endOf };
}

type Differentials = (
  afterMs: number,
  last: Occurrence | undefined,
  next: Occurrence,
) => Occurrence | undefined;

function differentialsOf(
  { differential, zone }: ScheduleSettings,
  blackouts: Blackouts,
): Differentials | undefined {
  if (differential === undefined) return undefined;
  const { when } = differential;
  return when.every === 'hours'
    ? everyHours(when.hours * hourMs, blackouts)
    : byCron(slotsOf(when, zone), blackouts);
}

/** Counted from the full. What would come less than half a step before the next full, or after one that a blackout held up, is left out. */
function everyHours(stepMs: number, blackouts: Blackouts): Differentials {
  return (afterMs, last, next) => {
    if (last === undefined) return undefined;
    const steps: Slots = (after) => {
      const passed = Math.floor((after - last.atMs) / stepMs);
      return { atMs: last.atMs + Math.max(passed + 1, 1) * stepMs };
    };
    for (let from = afterMs; ; ) {
      const found = shifted(steps, blackouts, from);
      if (found.atMs > next.atMs - stepMs / 2) return undefined;
      const heldUp = blackouts.endOf(found.slot.atMs - stepMs);
      if (heldUp <= found.atMs - stepMs / 2 || heldUp === found.atMs)
        return { ...found, kind: 'differential', countedFromMs: last.atMs };
      from = found.atMs;
    }
  };
}

function byCron(slots: Slots, blackouts: Blackouts): Differentials {
  return (afterMs, last, next) => {
    for (let from = afterMs; ; ) {
      const found = shifted(slots, blackouts, from);
      if (found.atMs > next.atMs - nearMs) return undefined;
      if (last === undefined || found.atMs >= last.atMs + nearMs)
        return { ...found, kind: 'differential' };
      from = found.atMs;
    }
  };
}

/** The next after a moment, with those that fall into a blackout at its end. */
function shifted(slots: Slots, blackouts: Blackouts, afterMs: number): Occurrence {
  const free = blackouts.endOf(afterMs) === afterMs;
  const slot = slots(free ? afterMs : blackouts.startOf(afterMs) - 1);
  return { atMs: blackouts.endOf(slot.atMs), kind: 'full', slot };
}
