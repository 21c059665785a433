import type { Recurrence, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import type { Arguments } from '../../commands/command.ts';
import { optionalArguments } from '../../commands/schedule/optional-settings.ts';
import { recurrenceWords } from '../../commands/schedule/recurrence.ts';

/** Arguments of the command `schedule.set` that does the same to a schedule that has no more than that. */
export function setArguments(schedule: string, settings: ScheduleSettings): Arguments {
  const { full, zone, store } = settings;
  const optional = Object.entries(optionalArguments(settings)).filter(
    ([, value]) => value !== 'none',
  );
  return { schedule, ...whenOf(full), zone, store, ...Object.fromEntries(optional) };
}

function whenOf(full: Recurrence): Arguments {
  return full.every === 'cron' ? { cron: full.cron } : { full: recurrenceWords(full) };
}
