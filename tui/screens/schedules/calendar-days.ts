import type { CalendarDay } from '../../texts/calendar.ts';
import { formats } from '../../texts/formats.ts';
import { isoDay } from '../../texts/typed-date.ts';

/** A day of the calendar of this terminal: "2026-11-21". */
export type Day = string;

export function dayOf(atMs: number): Day {
  const at = new Date(atMs);
  return isoDay({ year: at.getFullYear(), month: at.getMonth() + 1, day: at.getDate() });
}

/** At noon, which every day of every zone has once. */
export function noonOf(day: Day): Date {
  const { year, month, day: date } = partsOf(day);
  return new Date(year, month - 1, date, 12);
}

export function moveDays(day: Day, days: number): Day {
  const noon = noonOf(day);
  noon.setDate(noon.getDate() + days);
  return dayOf(noon.getTime());
}

/** The same day of another month of the calendar in use, or that month's last one. */
export function moveMonths(day: Day, months: number): Day {
  const { calendar } = formats();
  const own = calendar.from(partsOf(day));
  const { year, month } = monthAfter(own, months);
  for (let date = own.day; date > 0; date--) {
    const found = calendar.toGregorian({ year, month, day: date });
    if (found !== undefined) return isoDay(found);
  }
  return day;
}

/** The weeks, from the day on that begins them where this language is spoken, that hold the days of its month. */
export function weeksOf(day: Day): readonly (readonly Day[])[] {
  const { calendar, weekStartsOn } = formats();
  const own = calendar.from(partsOf(day));
  const first = moveDays(day, 1 - own.day);
  const last = moveDays(moveMonths(first, 1), -1);
  const before = (noonOf(first).getDay() - weekStartsOn + 7) % 7;
  const weeks = Math.ceil((before + dateOf(last)) / 7);
  const start = moveDays(first, -before);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_day, place) => moveDays(start, week * 7 + place)),
  );
}

/** The number that a day has in its month. */
export function dateOf(day: Day): number {
  return formats().calendar.from(partsOf(day)).day;
}

export function isDayOff(day: Day): boolean {
  return noonOf(day).getDay() === formats().dayOff;
}

/** Their names, in the order of the weeks, as columns of so many cells have room for them. */
export function weekdayNames(cells: number): readonly string[] {
  const { weekdays, longWeekdays = weekdays, weekStartsOn } = formats();
  const names = longWeekdays.every((name) => name.length < cells - 1) ? longWeekdays : weekdays;
  return [...names.slice(weekStartsOn), ...names.slice(0, weekStartsOn)];
}

/** From the first moment of the first of these days up to that after the last. */
export function spanOf(weeks: readonly (readonly Day[])[]): {
  readonly fromMs: number;
  readonly untilMs: number;
} {
  const first = weeks.at(0)?.at(0) ?? '';
  const after = moveDays(weeks.at(-1)?.at(-1) ?? '', 1);
  return { fromMs: startOf(first), untilMs: startOf(after) };
}

/** Names the month of a day, by the calendar in use. */
export function monthOf(day: Day): string {
  const { year, month } = formats().calendar.from(partsOf(day));
  return `${year}-${month}`;
}

function monthAfter(
  { year, month }: CalendarDay,
  months: number,
): { readonly year: number; readonly month: number } {
  const count = year * 12 + month - 1 + months;
  return { year: Math.floor(count / 12), month: (count % 12) + 1 };
}

function partsOf(day: Day): CalendarDay {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return { year, month, day: date };
}

function startOf(day: Day): number {
  const noon = noonOf(day);
  return new Date(noon.getFullYear(), noon.getMonth(), noon.getDate()).getTime();
}
