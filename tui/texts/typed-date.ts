import { type CalendarDay, gregorianCalendar } from './calendar.ts';
import { formats } from './formats.ts';
import { isSolarHijriYear, solarHijri } from './solar-hijri.ts';

/** Digits of Persian and Arabic keyboards as those that programs read; all else as it is. */
export function latinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) =>
    String((digit.codePointAt(0) ?? 0) & 0xf),
  );
}

/** A Gregorian day that was typed; `asTyped`: it was named by the Solar Hijri calendar, and so. */
export interface TypedDay extends CalendarDay {
  readonly asTyped?: string;
}

/** "2026-11-22", "1405-09-01", "۱۴۰۵/۹/۱"; undefined: there is no such day. */
export function readDay(text: string): TypedDay | undefined {
  const [, year, month, day] = dayForm.exec(latinDigits(text.trim())) ?? [];
  return year === undefined ? undefined : dayFrom(Number(year), Number(month), Number(day));
}

const dayForm = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/;

export function dayFrom(year: number, month: number, day: number): TypedDay | undefined {
  const named = { year, month, day };
  if (!isSolarHijriYear(year)) return gregorianCalendar.toGregorian(named);
  const found = solarHijri.toGregorian(named);
  return found === undefined ? undefined : { ...found, asTyped: isoDay(named) };
}

/** Its first day and the first of the next; `solar`: its name, where it is one of the Solar Hijri calendar. */
export interface TypedMonth {
  readonly first: CalendarDay;
  readonly next: CalendarDay;
  readonly solar?: string;
}

/** "2026-11", "1405-09", "۱۴۰۵/۹". */
export function readMonth(text: string): TypedMonth | undefined {
  const [, yearText, monthText] = monthForm.exec(latinDigits(text.trim())) ?? [];
  const [year, month] = [Number(yearText), Number(monthText)];
  const first = yearText === undefined ? undefined : dayFrom(year, month, 1);
  const next = month === 12 ? dayFrom(year + 1, 1, 1) : dayFrom(year, month + 1, 1);
  if (first === undefined || next === undefined) return undefined;
  const solar = isSolarHijriYear(year) ? { solar: `${year}-${two(month)}` } : {};
  return { first, next, ...solar };
}

const monthForm = /^(\d{4})[-/](\d{1,2})$/;

/** "2026-11-22". */
export function isoDay({ year, month, day }: CalendarDay): string {
  return `${year}-${two(month)}-${two(day)}`;
}

/**
 * A word of a filter in all forms that it may stand in: a day as the screen writes it and as names of backups have it,
 * whichever calendar it was typed by, and digits as they are read.
 */
export function dateForms(word: string): readonly string[] {
  const typed = latinDigits(word);
  const day = readDay(word);
  if (day === undefined) return [monthAsShown(typed) ?? typed];
  const shown = formats().date(new Date(day.year, day.month - 1, day.day, 12));
  return [...new Set([typed, latinDigits(shown), isoDay(day)])];
}

/** A month of the Solar Hijri calendar as dates of it begin where Persian is spoken. */
function monthAsShown(typed: string): string | undefined {
  const [, year, month] = monthForm.exec(typed) ?? [];
  if (year === undefined || month === undefined || !isSolarHijriYear(Number(year)))
    return undefined;
  return `${year}/${month.padStart(2, '0')}/`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
