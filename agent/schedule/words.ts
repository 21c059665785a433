import type { Recurrence, ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { weekdays } from '../../protocol/domain/schedule.ts';
import { betweenFulls } from './between-fulls.ts';
import { blackoutInWords, daysInWords } from './blackouts.ts';
import { type CronFields, readCron } from './cron-fields.ts';

/** "every day at 02:00 (Europe/Berlin), differentials every 4 hours (5 between two fulls), not between 08:00 and 18:00". */
export function scheduleInWords(settings: ScheduleSettings): string {
  const { full, zone, blackout = [] } = settings;
  const hours = blackout.map(blackoutInWords).join(', nor ');
  return [
    `${recurrenceInWords(full)} (${zone})`,
    ...differentialInWords(settings),
    ...(hours === '' ? [] : [`not ${hours}`]),
  ].join(', ');
}

function differentialInWords(settings: ScheduleSettings): readonly string[] {
  const when = settings.differential?.when;
  if (when === undefined) return [];
  if (when.every === 'cron') return [`differentials ${recurrenceInWords(when)}`];
  const between = betweenFulls(settings);
  const count = between === undefined ? '' : ` (${between} between two fulls)`;
  const every = when.hours === 1 ? 'hour' : `${when.hours} hours`;
  return [`differentials every ${every}${count}`];
}

function recurrenceInWords(recurrence: Recurrence): string {
  switch (recurrence.every) {
    case 'day':
      return `every day at ${recurrence.at}`;
    case 'week':
      return `every ${daysInWords([recurrence.on])} at ${recurrence.at}`;
    case 'month':
      return `every month on ${dayInWords(recurrence.day)} at ${recurrence.at}`;
    case 'cron':
      return cronInWords(recurrence.cron, readCron(recurrence.cron));
    default:
      return recurrence satisfies never;
  }
}

function dayInWords(day: number): string {
  if (day === 31) return 'its last day';
  return day > 28 ? `day ${day} or its last day` : `day ${day}`;
}

/** The few that people write most; the others are shown as they stand. */
function cronInWords(cron: string, fields: CronFields): string {
  const verbatim = `at cron "${cron.trim()}"`;
  if (!fields.month.all) return verbatim;
  const days = datesInWords(fields);
  if (days === undefined) return verbatim;
  if (fields.hour.all)
    return days === 'every day' ? (withinHour(fields.minute.values) ?? verbatim) : verbatim;
  const [h, ...moreHours] = fields.hour.values;
  const [m, ...moreMinutes] = fields.minute.values;
  if (moreHours.length + moreMinutes.length > 0) return verbatim;
  return `${days} at ${two(h)}:${two(m)}`;
}

function datesInWords({ day, weekday, lastDay, lastWeekdays }: CronFields): string | undefined {
  if (lastWeekdays.length > 0) return undefined;
  if (day.all && weekday.all) return 'every day';
  if (day.all) return `every ${daysInWords(weekday.values.flatMap((i) => weekdays[i] ?? []))}`;
  if (!weekday.all) return undefined;
  if (lastDay) return day.values.length === 0 ? 'every month on its last day' : undefined;
  const [only, ...more] = day.values;
  return more.length === 0 && only !== undefined && only <= 28
    ? `every month on day ${only}`
    : undefined;
}

function withinHour(minutes: readonly number[]): string | undefined {
  if (minutes.length === 60) return 'every minute';
  if (minutes.length === 1) return `every hour at minute ${two(minutes[0])}`;
  const stepMinutes = 60 / minutes.length;
  const even = minutes.every((minute, i) => minute === i * stepMinutes);
  return even ? `every ${stepMinutes} minutes` : undefined;
}

function two(value: number | undefined): string {
  return String(value).padStart(2, '0');
}
