import type { Recurrence, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import type { Arguments } from '../../commands/command.ts';
import { optionalArguments } from '../../commands/schedule/optional-settings.ts';
import { recurrenceWords } from '../../commands/schedule/recurrence.ts';

/** Arguments of the command `schedule.set` that makes of `before` what is saved now. */
export function setArguments(
  schedule: string,
  settings: ScheduleSettings,
  before?: ScheduleSettings,
): Arguments {
  const { full, zone, store } = settings;
  const had: Arguments = before === undefined ? {} : optionalArguments(before);
  const optional = Object.entries(optionalArguments(settings)).filter(
    ([name, value]) => value !== 'none' || (had[name] ?? 'none') !== 'none',
  );
  return { schedule, ...whenOf(full), zone, store, ...Object.fromEntries(optional) };
}

function whenOf(full: Recurrence): Arguments {
  return full.every === 'cron' ? { cron: full.cron } : { full: recurrenceWords(full) };
}
