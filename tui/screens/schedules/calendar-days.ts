import { formats } from '../../texts/formats.ts';

/** A day of the calendar of this terminal: "2026-11-21". */
export type Day = string;

export function dayOf(atMs: number): Day {
  const at = new Date(atMs);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** At noon, which every day of every zone has once. */
export function noonOf(day: Day): Date {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12);
}

export function moveDays(day: Day, days: number): Day {
  const noon = noonOf(day);
  noon.setDate(noon.getDate() + days);
  return dayOf(noon.getTime());
}

/** The same day of another month, or that month's last one. */
export function moveMonths(day: Day, months: number): Day {
  const noon = noonOf(day);
  const date = noon.getDate();
  noon.setDate(1);
  noon.setMonth(noon.getMonth() + months);
  const last = new Date(noon.getFullYear(), noon.getMonth() + 1, 0).getDate();
  noon.setDate(Math.min(date, last));
  return dayOf(noon.getTime());
}

/** The weeks, from the day on that begins them where this language is spoken, that hold the days of its month. */
export function weeksOf(day: Day): readonly (readonly Day[])[] {
  const noon = noonOf(day);
  const first = new Date(noon.getFullYear(), noon.getMonth(), 1, 12);
  const last = new Date(noon.getFullYear(), noon.getMonth() + 1, 0, 12);
  const before = (first.getDay() - formats().weekStartsOn + 7) % 7;
  const weeks = Math.ceil((before + last.getDate()) / 7);
  const start = moveDays(dayOf(first.getTime()), -before);
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_day, place) => moveDays(start, week * 7 + place)),
  );
}

/** Their short names, in the order of the weeks. */
export function weekdayNames(): readonly string[] {
  const { weekdays, weekStartsOn } = formats();
  return [...weekdays.slice(weekStartsOn), ...weekdays.slice(0, weekStartsOn)];
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

export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

function startOf(day: Day): number {
  const noon = noonOf(day);
  return new Date(noon.getFullYear(), noon.getMonth(), noon.getDate()).getTime();
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
