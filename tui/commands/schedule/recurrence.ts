import { type Recurrence, weekdays } from '../../../protocol/domain/schedule.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { latinDigits } from '../../texts/typed-date.ts';

/** "daily 02:00", "weekly sunday 02:00" or "monthly 1 02:00", as typed. */
export function recurrenceFrom(text: string): Recurrence {
  const words = latinDigits(text).trim().toLowerCase().split(/\s+/);
  const found = daily(words) ?? weekly(words) ?? monthly(words);
  if (found !== undefined) return found;
  const problem = `"${text}" is not "daily 02:00", "weekly sunday 02:00" or "monthly 1 02:00"`;
  throw new KedgeError('bad-argument', { what: 'full', problem });
}

/** The same words back, for the command line that does it again. */
export function recurrenceWords(recurrence: Recurrence): string {
  switch (recurrence.every) {
    case 'day':
      return `daily ${recurrence.at}`;
    case 'week':
      return `weekly ${recurrence.on} ${recurrence.at}`;
    case 'month':
      return `monthly ${recurrence.day} ${recurrence.at}`;
    case 'cron':
      return recurrence.cron;
    default:
      return recurrence satisfies never;
  }
}

function daily([word, time, ...rest]: readonly string[]): Recurrence | undefined {
  const at = timeFrom(time);
  if (word !== 'daily' || at === undefined || rest.length > 0) return undefined;
  return { every: 'day', at };
}

function weekly([word, day = '', time, ...rest]: readonly string[]): Recurrence | undefined {
  const at = timeFrom(time);
  const on = weekdays.find((weekday) => day.length >= 3 && weekday.startsWith(day));
  if (word !== 'weekly' || on === undefined || at === undefined || rest.length > 0)
    return undefined;
  return { every: 'week', on, at };
}

function monthly([word, text, time, ...rest]: readonly string[]): Recurrence | undefined {
  const at = timeFrom(time);
  const day = Number(text);
  const isDay = Number.isInteger(day) && day >= 1 && day <= 31;
  if (word !== 'monthly' || !isDay || at === undefined || rest.length > 0) return undefined;
  return { every: 'month', day, at };
}

/** "2:00" is meant as "02:00". */
function timeFrom(text: string | undefined): string | undefined {
  const padded = text?.padStart(5, '0') ?? '';
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(padded) ? padded : undefined;
}
