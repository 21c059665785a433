import { type Recurrence, weekdays } from '../../protocol/domain/schedule.ts';
import { startOfDate } from '../os/wall-clock.ts';
import { type CronFields, readCron } from './cron-fields.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** The next slot strictly after a wall time, as wall time (see os/wall-clock.ts). */
export type WallSlots = (afterWallMs: number) => number;

export function wallSlots(recurrence: Recurrence): WallSlots {
  switch (recurrence.every) {
    case 'day':
      return onDates([minuteOfDay(recurrence.at)], () => true);
    case 'week': {
      const weekday = weekdays.indexOf(recurrence.on);
      return onDates([minuteOfDay(recurrence.at)], (date) => date.getUTCDay() === weekday);
    }
    case 'month':
      return onDates(
        [minuteOfDay(recurrence.at)],
        (date) => date.getUTCDate() === Math.min(recurrence.day, daysInMonth(date)),
      );
    case 'cron':
      return cronSlots(readCron(recurrence.cron));
    default:
      return recurrence satisfies never;
  }
}

/** `minutes` of the day, ascending. */
function onDates(minutes: readonly number[], wanted: (date: Date) => boolean): WallSlots {
  return (afterWallMs) => {
    for (let start = startOfDate(afterWallMs); ; start += dayMs) {
      if (!wanted(new Date(start))) continue;
      const minute = minutes.find((one) => start + one * minuteMs > afterWallMs);
      if (minute !== undefined) return start + minute * minuteMs;
    }
  };
}

export function minuteOfDay(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

function cronSlots(fields: CronFields): WallSlots {
  const minutes = fields.hour.values.flatMap((hour) =>
    fields.minute.values.map((minute) => hour * 60 + minute),
  );
  return onDates(minutes, (date) => isDateOf(fields, date));
}

function isDateOf(fields: CronFields, date: Date): boolean {
  const { day, month, weekday } = fields;
  if (!month.values.includes(date.getUTCMonth() + 1)) return false;
  // crontab(5): day and weekday are "either" where both are given, "both" where one has a star.
  const both = day.starred || weekday.starred;
  return both
    ? onDay(fields, date) && onWeekday(fields, date)
    : onDay(fields, date) || onWeekday(fields, date);
}

function onDay({ day, lastDay }: CronFields, date: Date): boolean {
  const today = date.getUTCDate();
  return day.values.includes(today) || (lastDay && today === daysInMonth(date));
}

function onWeekday({ weekday, lastWeekdays }: CronFields, date: Date): boolean {
  const today = date.getUTCDay();
  const inLastWeek = date.getUTCDate() + 7 > daysInMonth(date);
  return weekday.values.includes(today) || (inLastWeek && lastWeekdays.includes(today));
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
