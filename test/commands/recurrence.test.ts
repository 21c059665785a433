import { expect, test } from 'vitest';
import { recurrenceFrom, recurrenceWords } from '../../tui/commands/schedule/recurrence.ts';

test.each([
  ['daily 02:00', { every: 'day', at: '02:00' }],
  ['daily 2:05', { every: 'day', at: '02:05' }],
  ['weekly sunday 02:00', { every: 'week', on: 'sunday', at: '02:00' }],
  ['Weekly SUN 23:59', { every: 'week', on: 'sunday', at: '23:59' }],
  ['monthly 31 00:00', { every: 'month', day: 31, at: '00:00' }],
])('"%s" is understood', (text, expected) => {
  expect(recurrenceFrom(text)).toEqual(expected);
});

test.each([
  '',
  'daily',
  'daily 24:00',
  'daily 02:00 x',
  'weekly 02:00',
  'weekly s 02:00',
  'monthly 0 02:00',
  'monthly 1.5 02:00',
  'hourly 02:00',
])('"%s" is refused with the forms it takes', (text) => {
  expect(() => recurrenceFrom(text)).toThrow(/is not "daily 02:00"/);
});

test.each(['daily 02:00', 'weekly friday 12:30', 'monthly 15 04:00'])(
  '"%s" comes back as the same words',
  (text) => {
    expect(recurrenceWords(recurrenceFrom(text))).toBe(text);
  },
);
