import type { ScheduleForm } from './schedule-form.ts';

/** Hours from one full to the next; undefined: not the same each time. */
export function hoursBetweenFulls(every: ScheduleForm['every']): number | undefined {
  if (every === 'day') return 24;
  return every === 'week' ? 168 : undefined;
}

/** Differentials between two fulls: one after each so many hours that still ends before the next full. */
export function countBetween(hours: number, period: number): number {
  return Math.ceil(period / hours) - 1;
}

/** The hours that make as many differentials; where none do, those that come nearest. */
export function hoursForCount(count: number, period: number): number {
  const exact = Math.ceil(period / (count + 1));
  const nearby = [exact - 1, exact].filter((hours) => hours >= 1 && hours < period);
  const distance = (hours: number): number => Math.abs(countBetween(hours, period) - count);
  return nearby.toSorted((a, b) => distance(a) - distance(b)).at(0) ?? period - 1;
}
