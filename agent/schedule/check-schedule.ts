import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { checkBlackouts } from './blackouts.ts';
import { checkRecurrence } from './check-recurrence.ts';

/** What no schema can judge: cron expressions, zones, hours that leave none. `path`: the setting at fault. */
export interface ScheduleFault {
  readonly path: readonly string[];
  readonly message: string;
}

export function faultsOf(settings: ScheduleSettings): readonly ScheduleFault[] {
  return rulesOf(settings).flatMap(({ path, check }) => {
    try {
      check();
      return [];
    } catch (error) {
      return [{ path, message: wordFailure(failureOf(error)).message }];
    }
  });
}

/** Throws `bad-argument` for the first rule that is at fault. */
export function checkSchedule(settings: ScheduleSettings): void {
  for (const { check } of rulesOf(settings)) check();
}

function rulesOf({ full, zone, differential, blackout }: ScheduleSettings) {
  const when = differential?.when;
  return [
    { path: [], check: () => checkRecurrence(full, zone) },
    {
      path: ['differential', 'when'],
      check: () => (when?.every === 'cron' ? checkRecurrence(when, zone) : undefined),
    },
    { path: ['blackout'], check: () => checkBlackouts(blackout ?? []) },
  ];
}
