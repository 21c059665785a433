import { afterEach, expect, test } from 'vitest';
import {
  inBothCalendars,
  momentIn,
  readMoment as read,
} from '../../tui/commands/restore/read-moment.ts';
import { speak } from '../../tui/texts/speak.ts';

afterEach(() => speak('en'));

const now = new Date(2026, 10, 22, 10, 30, 15).getTime();
const local = (day: number, hour: number, minute = 0, second = 0) =>
  new Date(2026, 10, day, hour, minute, second).getTime();

/** Without a word of the Solar Hijri calendar in it there is nothing to remark. */
function readMoment(text: string, nowMs: number): number {
  return read(text, nowMs, (line) => expect(line).toBe(undefined));
}

test.each([
  ['2026-11-20 14:00', local(20, 14)],
  ['2026/11/20 14:00', local(20, 14)],
  ['gestern 14:00', local(21, 14)],
  ['دیروز ۱۴:۰۰', local(21, 14)],
  ['۰۸:۱۵', local(22, 8, 15)],
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
  '2026-02-30 14:00',
  '2026-13-01 14:00',
  '25:00',
  '14:60',
  'yesterday',
  '20.11.2026 14:00',
  '2026-11-20 14:00 CET',
  '1405-12-30 14:00',
  '۱۴۰۵/۷/۳۱',
  '1405-13-01 10:00',
])('"%s" is refused with examples', (text) => {
  expect(() => readMoment(text, now)).toThrow(
    /no moment that can be understood.*"2026-11-20 14:00".*"yesterday 14:00"/,
  );
});

test('what lies ahead is refused', () => {
  expect(() => readMoment('today 14:00', now)).toThrow(/lies ahead/);
  expect(() => readMoment('2027-01-01 00:00', now)).toThrow(/lies ahead/);
});

test.each([
  ['1405-09-01 08:05', local(22, 8, 5)],
  ['1405/8/29 14:00', local(20, 14)],
  ['۱۴۰۵/۸/۲۹ ۱۴:۰۰', local(20, 14)],
  ['١٤٠٥-٠٨-٢٩ ١٤:٠٠', local(20, 14)],
  ['۱۴۰۵-۰۸-۲۹T۱۴:۰۰+۰۳:۳۰', Date.UTC(2026, 10, 20, 10, 30)],
  ['۱۴۰۵/۸/۳۰', new Date(2026, 10, 22).getTime() - 1],
  ['1405-09-01', now],
])(
  '"%s" is a day of the Solar Hijri calendar, whatever is spoken, and what it was taken for is said',
  async (text, atMs) => {
    for (const language of ['en', 'de', 'fa'] as const) {
      await speak(language);
      const said: string[] = [];
      expect(read(text, now, (line) => said.push(line))).toBe(atMs);
      expect(said).toHaveLength(1);
      expect(said[0]).toContain(text);
    }
  },
);

test('the remark has both dates', () => {
  const said: string[] = [];
  read('۱۴۰۵/۸/۲۹ ۱۴:۰۰', now, (line) => said.push(line));
  expect(said).toEqual(['"۱۴۰۵/۸/۲۹ ۱۴:۰۰" is 2026-11-20 14:00 (1405-08-29)']);
});

test('where Persian is spoken both dates are said of every moment', async () => {
  await speak('fa');
  const said = ['۱۴۰۵/۸/۲۹ ۱۴:۰۰', '2026-11-20 14:00'].map((text) => {
    const found = momentIn(text, now);
    return found === undefined ? undefined : inBothCalendars(found);
  });
  expect(said).toEqual(Array(2).fill('۱۴۰۵/۰۸/۲۹ ۱۴:۰۰ (2026-11-20)'));
});

test('a day alone is its end where a backup of then is wanted, and its beginning where all since then is', () => {
  const silent = (): void => undefined;
  expect(read('2026-11-20', now, silent)).toBe(local(21, 0) - 1);
  expect(read('2026-11-20', now, silent, 'first')).toBe(local(20, 0));
  expect(read('2026-11-22', now, silent)).toBe(now);
  expect(() => read('2026-11-23', now, silent)).toThrow(/lies ahead/);
  expect(() => read('1405-09-02', now, silent)).toThrow(/lies ahead/);
});
