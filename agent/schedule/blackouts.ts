import { type Blackout, type ScheduleSettings, weekdays } from '../../protocol/domain/schedule.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { instantOf, lastInstantOf, startOfDate, wallClock } from '../os/wall-clock.ts';
import { minuteOfDay } from './wall-slots.ts';

/** The hours in which no run begins, at real moments. Those that touch are one. */
export interface Blackouts {
  /** The moment itself where it is free; else when the hours that it lies in are over. */
  endOf(atMs: number): number;
  /** The moment itself where it is free; else when the hours that it lies in began. */
  startOf(atMs: number): number;
}

interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
const minutesOfDay = 1_440;
/** Dates asked for lie close together: these are more than are needed at once. */
const datesKept = 64;
const minutesOfWeek = 7 * minutesOfDay;

/** Those of a configuration that `checkBlackouts` let pass. */
export function blackoutsOf(blackouts: readonly Blackout[], zone: string): Blackouts {
  if (blackouts.length === 0) return { endOf: (atMs) => atMs, startOf: (atMs) => atMs };
  const byDate = new Map<number, readonly Interval[]>();
  const onDate = (date: number): readonly Interval[] => {
    const known = byDate.get(date) ?? intervalsOf(blackouts, zone, date);
    if (byDate.size >= datesKept) byDate.clear();
    byDate.set(date, known);
    return known;
  };
  const around = (atMs: number): readonly Interval[] => {
    const today = startOfDate(wallClock(atMs, zone));
    // One that began two days ago may last until today where a clock was set in between.
    return [-2, -1, 0, 1].flatMap((day) => onDate(today + day * dayMs));
  };
  return {
    endOf(atMs) {
      for (let end = atMs; ; ) {
        const hit = around(end).find(({ fromMs, toMs }) => fromMs <= end && end < toMs);
        if (hit === undefined) return end;
        end = hit.toMs;
      }
    },
    startOf(atMs) {
      const inside = around(atMs).find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
      for (let start = inside?.fromMs ?? atMs; ; ) {
        const before = around(start).find(({ fromMs, toMs }) => fromMs < start && start <= toMs);
        if (inside === undefined || before === undefined) return start;
        start = before.fromMs;
      }
    },
  };
}

/** The first moment from then on at which a run of a schedule may begin. */
export function freeFrom({ blackout = [], zone }: ScheduleSettings, atMs: number): number {
  return blackoutsOf(blackout, zone).endOf(atMs);
}

/** Of one date on the wall. It lasts while the clock shows its times, also where it shows them twice. */
function intervalsOf(
  blackouts: readonly Blackout[],
  zone: string,
  date: number,
): readonly Interval[] {
  const weekday = weekdays[new Date(date).getUTCDay()];
  return blackouts
    .filter(({ on }) => on === undefined || on.some((day) => day === weekday))
    .map((blackout) => ({
      fromMs: instantOf(date + minuteOfDay(blackout.from) * minuteMs, zone),
      toMs: lastInstantOf(
        date + (minuteOfDay(blackout.from) + lengthOf(blackout)) * minuteMs,
        zone,
      ),
    }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
}

/** In minutes of the wall; from a time to the same time is a whole day. */
function lengthOf({ from, to }: Blackout): number {
  const minutes = minuteOfDay(to) - minuteOfDay(from);
  return minutes > 0 ? minutes : minutes + minutesOfDay;
}

/** Throws `bad-argument` where they leave no moment of the week. */
export function checkBlackouts(blackouts: readonly Blackout[]): void {
  const taken = new Set<number>();
  for (const blackout of blackouts) {
    for (const day of blackout.on ?? weekdays) {
      const start = weekdays.indexOf(day) * minutesOfDay + minuteOfDay(blackout.from);
      for (let i = 0; i < lengthOf(blackout); i += 1) taken.add((start + i) % minutesOfWeek);
    }
  }
  if (taken.size < minutesOfWeek) return;
  throw new KedgeError('bad-argument', {
    what: 'blackout',
    problem: `no moment of the week is left in which a run could begin (${blackouts.map(blackoutInWords).join(', ')}). Example: {"from": "08:00", "to": "18:00"}`,
  });
}

/** "between 08:00 and 18:00 on Monday and Tuesday". */
export function blackoutInWords({ from, to, on }: Blackout): string {
  const days = on === undefined ? '' : ` on ${daysInWords(on)}`;
  return from === to && from === '00:00' ? `all day${days}` : `between ${from} and ${to}${days}`;
}

/** "Monday to Friday", "Saturday and Sunday"; the week begins on Monday. */
export function daysInWords(days: readonly (typeof weekdays)[number][]): string {
  const places = days.map((day) => (weekdays.indexOf(day) + 6) % 7).sort((a, b) => a - b);
  const names = places.map((place) => capital(weekdays[(place + 1) % 7] ?? ''));
  const [first] = places;
  const isRow = places.every((place, i) => place === (first ?? 0) + i);
  if (isRow && places.length > 2) return `${names[0]} to ${names.at(-1)}`;
  return [names.slice(0, -1).join(', '), names.at(-1)].filter((part) => part !== '').join(' and ');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
