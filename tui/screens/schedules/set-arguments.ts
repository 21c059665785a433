import type { Recurrence, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import type { Arguments } from '../../commands/command.ts';
import { recurrenceWords } from '../../commands/schedule/recurrence.ts';

/** Arguments of the command `schedule.set` that does the same. */
export function setArguments(schedule: string, settings: ScheduleSettings): Arguments {
  const { full, zone, store, deleteOlderThan, ifMissed } = settings;
  return {
    schedule,
    ...whenOf(full),
    zone,
    store,
    'delete-older-than': deleteOlderThan ?? 'never',
    ...(typeof ifMissed === 'string' ? { 'if-missed': ifMissed } : {}),
  };
}

function whenOf(full: Recurrence): Arguments {
  return full.every === 'cron' ? { cron: full.cron } : { full: recurrenceWords(full) };
}
