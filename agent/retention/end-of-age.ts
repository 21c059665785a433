import { KedgeError } from '../../protocol/failures.ts';
import { instantOf, wallClock } from '../os/wall-clock.ts';

const hourMs = 3_600_000;
const fixedMs = { hour: hourMs, day: 24 * hourMs, week: 7 * 24 * hourMs } as const;
const monthsIn = { month: 1, year: 12 } as const;

/**
 * When something of `fromMs` is as old as an age such as "30 days", ms. Months and years go by the calendar of
 * the zone: "1 month" from 31 January ends on the last day of February.
 */
export function endOfAge(fromMs: number, age: string, zone: string): number {
  const [, count, unit = ''] = /^([1-9]\d{0,4}) (hour|day|week|month|year)s?$/.exec(age) ?? [];
  if (isKey(fixedMs, unit)) return fromMs + Number(count) * fixedMs[unit];
  if (isKey(monthsIn, unit)) {
    return instantOf(monthsOn(wallClock(fromMs, zone), Number(count) * monthsIn[unit]), zone);
  }
  throw new KedgeError('bad-argument', {
    what: `age "${age}"`,
    problem: 'it is not a number of hours, days, weeks, months or years. Example: "30 days"',
  });
}

function monthsOn(wallMs: number, months: number): number {
  const date = new Date(wallMs);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, lastDay));
  return date.getTime();
}

function isKey<T extends object>(table: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(table, key);
}
