import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { timetableOf } from './timetable.ts';

/** Any moment will do, in a zone whose clock never changes: days of 23 hours are not what is asked. */
const fromMs = Date.UTC(2026, 0, 1);
/** Ten weeks of weekly fulls tell; hourly differentials of months need not be counted to the end. */
const fullsLooked = 10;
const runsLooked = 2_000;

/** Differentials between two fulls, where it is the same number each time. */
export function betweenFulls(settings: ScheduleSettings): number | undefined {
  if (settings.differential === undefined) return undefined;
  const timetable = timetableOf({ ...settings, zone: 'UTC' });
  const counts: number[] = [];
  let count: number | undefined;
  let at = fromMs;
  for (let i = 0; i < runsLooked && counts.length < fullsLooked; i += 1) {
    const run = timetable.next(at);
    at = run.atMs;
    if (run.kind === 'differential') {
      if (count !== undefined) count += 1;
      continue;
    }
    if (count !== undefined) counts.push(count);
    count = 0;
  }
  const [first] = counts;
  const same = counts.length === fullsLooked && counts.every((one) => one === first);
  return same ? first : undefined;
}
