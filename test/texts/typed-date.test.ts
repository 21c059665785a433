import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { searchedText } from '../../tui/texts/searched-text.ts';
import { solarHijri } from '../../tui/texts/solar-hijri.ts';
import { speak } from '../../tui/texts/speak.ts';
import { dateForms, isoDay, latinDigits, readDay, readMonth } from '../../tui/texts/typed-date.ts';
import { rowFilter } from '../../tui/widgets/filter-rows.ts';

afterEach(() => speak('en'));

test.each(['1405-09-01', '1405/9/1', '۱۴۰۵/۹/۱', '۱۴۰۵-۰۹-۰۱', ' ١٤٠٥/٩/١ '])(
  '"%s" is a day',
  (text) => {
    expect(readDay(text)).toEqual({ year: 2026, month: 11, day: 22, asTyped: '1405-09-01' });
  },
);

test.each(['2026-11-22', '2026/11/22', '۲۰۲۶-۱۱-۲۲'])('"%s" is a Gregorian day', (text) => {
  expect(readDay(text)).toEqual({ year: 2026, month: 11, day: 22 });
});

test.each(['', '1405-09', '1405-12-30', '1405-07-31', '2026-02-29', '2026-13-01', '1405-09-01x'])(
  '"%s" is no day',
  (text) => {
    expect(readDay(text)).toBeUndefined();
  },
);

test('every day of the years 1300 to 1599 is that day in Latin and in Persian digits', () => {
  const named = fc.record({
    year: fc.integer({ min: 1300, max: 1599 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 29 }),
  });
  fc.assert(
    fc.property(named, (day) => {
      const expected = { ...solarHijri.toGregorian(day), asTyped: isoDay(day) };
      const persian = [day.year, day.month, day.day]
        .map((part) => part.toLocaleString('fa-IR', { useGrouping: false }))
        .join('/');
      expect(readDay(isoDay(day))).toEqual(expected);
      expect(readDay(persian)).toEqual(expected);
    }),
  );
});

test('a month is one of the calendar that its year is of', () => {
  const december = { year: 2026, month: 12, day: 1 };
  expect(readMonth('2026-11')).toEqual({ first: { ...december, month: 11 }, next: december });
  expect(readMonth('2026-12')?.next).toEqual({ year: 2027, month: 1, day: 1 });
  expect(readMonth('۱۴۰۵/۹')).toEqual({
    first: { year: 2026, month: 11, day: 22, asTyped: '1405-09-01' },
    next: { year: 2026, month: 12, day: 22, asTyped: '1405-10-01' },
    solar: '1405-09',
  });
  expect(readMonth('1405-12')?.next).toMatchObject({ year: 2027, month: 3, day: 21 });
  expect(readMonth('1405-13')).toBeUndefined();
  expect(readMonth('2026')).toBeUndefined();
});

test('digits of every keyboard are the same digits', () => {
  expect(latinDigits('۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ a7')).toBe('0123456789 0123456789 a7');
});

test('a day in a filter is found as the screen writes it and as names have it', async () => {
  expect(dateForms('1405-09-01')).toEqual(['1405-09-01', '2026-11-22']);
  await speak('fa');
  expect(dateForms('۱۴۰۵/۹/۱')).toEqual(['1405/9/1', '1405/09/01', '2026-11-22']);
  expect(dateForms('2026-11-22')).toEqual(['2026-11-22', '1405/09/01']);
  expect(dateForms('۱۴۰۵/۹')).toEqual(['1405/09/']);
  expect(dateForms('کامل')).toEqual(['کامل']);
});

test('a filter finds Persian rows whatever keyboard it was typed on, with joiners or without', async () => {
  await speak('fa');
  const row = new Map([
    ['when', '۱۴۰۵/۰۹/۰۱ ۱۴:۰۰'],
    ['what', 'راستی\u200Cآزمایی'],
  ]);
  const columns = [...row.keys()].map((id) => ({ id, title: id }));
  const finds = (filter: string): boolean => rowFilter(filter, columns)(row);
  for (const filter of ['۱۴۰۵/۹/۱', '1405-09-01', '1405/9', '2026-11-22', '14:00', 'راستیآزمايي'])
    expect([filter, finds(filter)]).toEqual([filter, true]);
  for (const filter of ['1405-09-02', '1405/1', '2026-11-21', 'what:14:00'])
    expect([filter, finds(filter)]).toEqual([filter, false]);
  expect(searchedText('plain text')).toBe('plain text');
});
