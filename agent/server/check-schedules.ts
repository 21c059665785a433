import { failureOf, wordFailure } from '../../protocol/failures.ts';
import type { Config } from '../config/config.ts';
import type { ConfigFault } from '../config/parse-config.ts';
import { checkRecurrence } from '../schedule/check-recurrence.ts';

/** Cron expressions and zones that no schema can judge. */
export function checkSchedules(config: Config): readonly ConfigFault[] {
  return Object.entries(config.schedules ?? {}).flatMap(([id, { full, zone }]) => {
    try {
      checkRecurrence(full, zone);
      return [];
    } catch (error) {
      return [{ path: ['schedules', id], message: wordFailure(failureOf(error)).message }];
    }
  });
}
