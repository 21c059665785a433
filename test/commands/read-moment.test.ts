import { expect, test } from 'vitest';
import { readMoment } from '../../tui/commands/restore/read-moment.ts';

const now = new Date(2026, 10, 22, 10, 30, 15).getTime();
const local = (day: number, hour: number, minute = 0, second = 0) =>
  new Date(2026, 10, day, hour, minute, second).getTime();

test.each([
  ['2026-11-20 14:00', local(20, 14)],
  ['2026-11-20  9:05', local(20, 9, 5)],
  ['2026-11-20T14:00:07', local(20, 14, 0, 7)],
  ['2026-11-20T14:00+03:30', Date.UTC(2026, 10, 20, 10, 30)],
  ['2026-11-20 14:00 -0500', Date.UTC(2026, 10, 20, 19)],
  ['2026-11-20T14:00:00.123Z', Date.UTC(2026, 10, 20, 14)],
  ['yesterday 14:00', local(21, 14)],
  ['Today 08:15', local(22, 8, 15)],
  ['08:15', local(22, 8, 15)],
  [' 10:30 ', local(22, 10, 30)],
])('"%s" is understood', (text, atMs) => {
  expect(readMoment(text, now)).toBe(atMs);
});

test('a time of day that is yet to come was meant yesterday', () => {
  expect(readMoment('14:00', now)).toBe(local(21, 14));
});

test('the day before the first of a month is the last of the one before', () => {
  const first = new Date(2026, 2, 1, 12).getTime();
  expect(readMoment('yesterday 14:00', first)).toBe(new Date(2026, 1, 28, 14).getTime());
});

test.each([
  '',
  'soon',
  '2026-11-20',
  '2026-02-30 14:00',
  '2026-13-01 14:00',
  '25:00',
  '14:60',
  'yesterday',
  '20.11.2026 14:00',
  '2026-11-20 14:00 CET',
])('"%s" is refused with examples', (text) => {
  expect(() => readMoment(text, now)).toThrow(
    /no moment that can be understood.*"2026-11-20 14:00".*"yesterday 14:00"/,
  );
});

test('what lies ahead is refused', () => {
  expect(() => readMoment('today 14:00', now)).toThrow(/lies ahead/);
  expect(() => readMoment('2027-01-01 00:00', now)).toThrow(/lies ahead/);
});
