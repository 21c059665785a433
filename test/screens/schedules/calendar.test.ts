import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import {
  dateOf,
  isDayOff,
  monthOf,
  moveDays,
  moveMonths,
  noonOf,
  spanOf,
  weeksOf,
} from '../../../tui/screens/schedules/calendar-days.ts';
import { marksOfDay } from '../../../tui/screens/schedules/run-marks.ts';
import { speak } from '../../../tui/texts/speak.ts';
import { asciiGlyphs, unicodeGlyphs } from '../../../tui/theme/theme.ts';
import { plainText } from '../../../tui/widgets/line.ts';

test('a month is its weeks from Monday on', () => {
  const weeks = weeksOf('2026-11-21');
  expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
  expect(weeks[0]?.[0]).toBe('2026-10-26');
  expect(weeks.at(-1)?.at(-1)).toBe('2026-12-06');
  expect(weeksOf('2027-02-01')).toHaveLength(4);
});

test('each day of ten years comes once, whatever the clocks do, and months keep their day', () => {
  let day = '2020-12-31';
  for (let count = 0; count < 3_653; count++) {
    const next = moveDays(day, 1);
    expect(next > day).toBe(true);
    expect(moveDays(next, -1)).toBe(day);
    day = next;
  }
  expect(day).toBe('2031-01-01');
  expect(moveMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(moveMonths('2026-01-31', -2)).toBe('2025-11-30');
});

test('the span of a month holds all moments of its days, within what is answered at once', () => {
  const weeks = weeksOf('2026-11-21');
  const { fromMs, untilMs } = spanOf(weeks);
  expect(noonOf('2026-10-26').getTime() - fromMs).toBe(12 * 3_600_000);
  expect(untilMs - noonOf('2026-12-06').getTime()).toBe(12 * 3_600_000);
  expect(untilMs - fromMs).toBeLessThanOrEqual(62 * 24 * 3_600_000);
});

test('the marks of a day count what came of its runs, what needs a look first, without colour', () => {
  const entry = (
    outcome: CalendarEntry['outcome'],
    what: CalendarEntry['what'] = 'run',
  ): CalendarEntry => ({ atMs: 0, what, outcome });
  const entries = [
    ...[entry('complete'), entry('complete'), entry('complete', 'manual')],
    ...[entry('will run'), entry('failed'), entry('cancelled'), entry('missed')],
    ...[entry('skipped'), entry('will be skipped'), entry('complete with named gaps')],
    ...[entry('waiting'), entry('complete', 'verify'), entry('failed', 'drill')],
  ];
  const marks = (glyphs: typeof asciiGlyphs) => marksOfDay(entries, glyphs).map(({ text }) => text);
  expect(marks(unicodeGlyphs)).toEqual(['✗3', '!1', '–3', '✓3', '→1', '·1', 'v1']);
  expect(plainText(marksOfDay(entries, asciiGlyphs))).toBe('x3!1-3+3>1.1v1');
});

describe('in Persian', () => {
  beforeEach(() => speak('fa'));
  afterEach(() => speak('en'));

  test('a month is a Solar Hijri one, its weeks from Saturday on, Friday off', () => {
    const weeks = weeksOf('2026-11-22');
    expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7]);
    // The first of Azar is a Sunday, and its 30th a Monday.
    expect(weeks[0]?.slice(0, 2)).toEqual(['2026-11-21', '2026-11-22']);
    expect(weeks[0]?.slice(0, 2).map(dateOf)).toEqual([30, 1]);
    expect(weeks.at(-1)?.[2]).toBe('2026-12-21');
    expect(weeks.flat().filter(isDayOff)).toEqual(weeks.map((week) => week[6]));
    expect(monthOf('2026-11-21')).not.toBe(monthOf('2026-11-22'));
    expect(monthOf('2026-11-22')).toBe(monthOf('2026-12-21'));
  });

  test('one goes by its months, to the last day where they are shorter', () => {
    expect(moveMonths('2026-11-22', 1)).toBe('2026-12-22');
    expect(moveMonths('2026-11-22', -9)).toBe('2026-02-20');
    // From the 31st of Shahrivar to the 30th of Mehr, and to the 29th of Esfand.
    expect(moveMonths('2026-09-22', 1)).toBe('2026-10-22');
    expect(moveMonths('2026-09-22', 6)).toBe('2027-03-20');
    expect(moveMonths('2026-03-21', -1)).toBe('2026-02-20');
  });

  test('every day of years of months stands once in the grid of its month, in its column', () => {
    let first = '2020-03-20';
    for (let count = 0; count < 24 * 12; count++) {
      const days = weeksOf(first).flat();
      const own = days.filter((day) => monthOf(day) === monthOf(first));
      expect(own.map(dateOf)).toEqual(own.map((_day, at) => at + 1));
      expect(own[0]).toBe(first);
      expect(days.filter((day) => noonOf(day).getDay() === 6)).toEqual(
        days.filter((_day, at) => at % 7 === 0),
      );
      const next = moveMonths(first, 1);
      expect(moveDays(next, -1)).toBe(own.at(-1));
      first = next;
    }
  });
});
