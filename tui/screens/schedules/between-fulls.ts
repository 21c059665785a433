import type { ScheduleForm } from './schedule-form.ts';

/** Hours from one full to the next; undefined: not the same each time. */
export function hoursBetweenFulls(every: ScheduleForm['every']): number | undefined {
  if (every === 'day') return 24;
  return every === 'week' ? 168 : undefined;
}

/** Differentials between two fulls; Kedge leaves out what comes less than half a step before the next full. */
export function countBetween(hours: number, period: number): number {
  return Math.max(Math.floor(period / hours - 0.5), 0);
}

/** The hours that make as many differentials; where none do, those that come nearest. */
export function hoursForCount(count: number, period: number): number {
  const even = period / (count + 1);
  const hours = Array.from({ length: period - 1 }, (_, index) => index + 1);
  const misses = (step: number): number => Math.abs(countBetween(step, period) - count);
  const uneven = (step: number): number => Math.abs(step - even);
  return (
    hours.toSorted((a, b) => misses(a) - misses(b) || uneven(a) - uneven(b)).at(0) ?? period - 1
  );
}
