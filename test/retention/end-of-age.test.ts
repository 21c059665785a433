import { expect, it } from 'vitest';
import { endOfAge } from '../../agent/retention/end-of-age.ts';

const hourMs = 3_600_000;
const end = (age: string, zone: string, from: string) =>
  new Date(endOfAge(Date.parse(from), age, zone)).toISOString();

it.each([
  ['1 hour', hourMs],
  ['36 hours', 36 * hourMs],
  ['30 days', 30 * 24 * hourMs],
  ['1 week', 7 * 24 * hourMs],
])('%s has a fixed length', (age, ms) => {
  const from = Date.parse('2026-03-29T00:00Z');
  expect(endOfAge(from, age, 'Europe/Berlin') - from).toBe(ms);
});

it.each([
  ['1 month', 'UTC', '2026-01-31T12:00Z', '2026-02-28T12:00:00.000Z'],
  ['1 month', 'UTC', '2024-01-31T12:00Z', '2024-02-29T12:00:00.000Z'],
  ['13 months', 'UTC', '2024-12-15T00:00Z', '2026-01-15T00:00:00.000Z'],
  ['1 year', 'UTC', '2028-02-29T00:00Z', '2029-02-28T00:00:00.000Z'],
  ['1 month', 'Europe/Berlin', '2026-03-15T11:00Z', '2026-04-15T10:00:00.000Z'],
  ['1 month', 'Asia/Tehran', '2026-02-28T21:00Z', '2026-03-31T21:00:00.000Z'],
])('%s in %s from %s ends by the calendar', (age, zone, from, then) => {
  expect(end(age, zone, from)).toBe(then);
});

it.each(['30', '30 d', '0 days', '-1 days', '1.5 days', '30 fortnights', '', '1  day', '30 days '])(
  '"%s" is refused with an example',
  (age) => {
    expect(() => endOfAge(0, age, 'UTC')).toThrow('Example: "30 days"');
  },
);
