import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { CalendarDay } from '../../tui/texts/calendar.ts';
import { formats } from '../../tui/texts/formats.ts';
import { solarHijri } from '../../tui/texts/solar-hijri.ts';
import { speak } from '../../tui/texts/speak.ts';

afterEach(() => speak('en'));

// First days of years as they were announced in Iran.
test.each([
  [1300, '1921-03-21'],
  [1357, '1978-03-21'],
  [1375, '1996-03-20'],
  [1399, '2020-03-20'],
  [1400, '2021-03-21'],
  [1403, '2024-03-20'],
  [1404, '2025-03-21'],
  [1405, '2026-03-21'],
  [1408, '2029-03-20'],
])('the year %i begins on %s', (year, first) => {
  const [gregorianYear = 0, month = 0, day = 0] = first.split('-').map(Number);
  const gregorian = { year: gregorianYear, month, day };
  expect(solarHijri.toGregorian({ year, month: 1, day: 1 })).toEqual(gregorian);
  expect(solarHijri.from(gregorian)).toEqual({ year, month: 1, day: 1 });
});

const years = fc.integer({ min: 1300, max: 1599 });

test('every day of 300 years is one Gregorian day, and the same day back', () => {
  const named = fc.record({
    year: years,
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 29 }),
  });
  fc.assert(
    fc.property(named, (day) => {
      const gregorian = solarHijri.toGregorian(day);
      expect(gregorian === undefined ? undefined : solarHijri.from(gregorian)).toEqual(day);
    }),
  );
});

test('the day after a day is the next of its month or the first of another, as Intl counts them', () => {
  const written = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', { timeZone: 'UTC' });
  const anyDay = fc.integer({ min: Date.UTC(1922, 0, 1), max: Date.UTC(2220, 0, 1) });
  fc.assert(
    fc.property(anyDay, (atMs) => {
      const at = new Date(atMs);
      const gregorian = {
        year: at.getUTCFullYear(),
        month: at.getUTCMonth() + 1,
        day: at.getUTCDate(),
      };
      const { year, month, day } = solarHijri.from(gregorian);
      expect(written.format(atMs)).toBe(`${month}/${day}/${year} AP`);
      expect(solarHijri.toGregorian({ year, month, day })).toEqual(gregorian);
    }),
  );
});

test('months have 31, 30 and in common years at last 29 days, leap years by the rule of 33 years', () => {
  fc.assert(
    fc.property(years, (year) => {
      const lengths = Array.from({ length: 12 }, (_, at) => lengthOf(year, at + 1));
      const isLeap = (25 * year + 11) % 33 < 8;
      // The rule fails here, astronomers and Intl have it the other way round.
      const last = year === 1502 ? 29 : year === 1503 ? 30 : isLeap ? 30 : 29;
      expect(lengths).toEqual([31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, last]);
    }),
  );
});

test.each<CalendarDay>([
  { year: 1404, month: 12, day: 30 },
  { year: 1405, month: 7, day: 31 },
  { year: 1405, month: 13, day: 1 },
  { year: 1405, month: 0, day: 1 },
  { year: 1405, month: 1, day: 32 },
])('$year-$month-$day is no day', (day) => {
  expect(solarHijri.toGregorian(day)).toBeUndefined();
});

test('the head of a month names the Gregorian months that it lies in', async () => {
  await speak('fa');
  const head = (year: number, month: number, day: number) =>
    formats().month(new Date(year, month - 1, day, 12));
  expect(head(2026, 11, 22)).toBe('آذر ۱۴۰۵ (نوامبر و دسامبر ۲۰۲۶)');
  expect(head(2026, 11, 21)).toBe('آبان ۱۴۰۵ (اکتبر و نوامبر ۲۰۲۶)');
  expect(head(2027, 1, 5)).toBe('دی ۱۴۰۵ (دسامبر ۲۰۲۶ و ژانویهٔ ۲۰۲۷)');
});

function lengthOf(year: number, month: number): number {
  const days = Array.from({ length: 31 }, (_, at) =>
    solarHijri.toGregorian({ year, month, day: at + 1 }),
  );
  return days.filter((day) => day !== undefined).length;
}
