import type { Calendar, CalendarDay } from './calendar.ts';

/**
 * The calendar of Iran, as the system's own tables have it: no second reckoning of leap years, which could disagree
 * with the dates that Intl writes.
 */
export const solarHijri: Calendar = { from: solarDay, toGregorian: gregorianDay };

/** In other calendars nobody backs up in these years, so that a date in one of them can only be of this one. */
export function isSolarHijriYear(year: number): boolean {
  return year >= 1300 && year < 1600;
}

let written: Intl.DateTimeFormat | undefined;

function solarDay({ year, month, day }: CalendarDay): CalendarDay {
  return partsAt(Date.UTC(year, month - 1, day));
}

function gregorianDay(wanted: CalendarDay): CalendarDay | undefined {
  const { year, month, day } = wanted;
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const before = month <= 7 ? (month - 1) * 31 : 6 + (month - 1) * 30;
  // The year begins on one of three days of March.
  const first = Date.UTC(year + 621, 2, 20);
  for (const late of [1, 0, 2]) {
    const atMs = first + (before + day - 1 + late) * dayMs;
    const found = partsAt(atMs);
    if (found.year === year && found.month === month && found.day === day) return dayAt(atMs);
  }
  return undefined;
}

const dayMs = 86_400_000;

function partsAt(atMs: number): CalendarDay {
  written ??= new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const parts = written.formatToParts(atMs);
  const part = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((one) => one.type === type)?.value);
  return { year: part('year'), month: part('month'), day: part('day') };
}

function dayAt(atMs: number): CalendarDay {
  const at = new Date(atMs);
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}
