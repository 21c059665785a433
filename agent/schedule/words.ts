import type { Recurrence } from '../../protocol/domain/schedule.ts';
import { type CronFields, readCron } from './cron-fields.ts';

/** "every day at 02:00 (Europe/Berlin)". */
export function recurrenceInWords(recurrence: Recurrence, zone: string): string {
  return `${inWords(recurrence)} (${zone})`;
}

function inWords(recurrence: Recurrence): string {
  switch (recurrence.every) {
    case 'day':
      return `every day at ${recurrence.at}`;
    case 'week':
      return `every ${capital(recurrence.on)} at ${recurrence.at}`;
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
  const { minute, hour, day, month, weekday } = fields;
  const verbatim = `at cron "${cron.trim()}"`;
  if (!day.all || !month.all || !weekday.all) return verbatim;
  if (hour.all) return withinHour(minute.values) ?? verbatim;
  const [h, ...moreHours] = hour.values;
  const [m, ...moreMinutes] = minute.values;
  if (moreHours.length + moreMinutes.length > 0) return verbatim;
  return `every day at ${two(h)}:${two(m)}`;
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

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
