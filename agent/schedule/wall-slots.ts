import { CronExpressionParser } from 'cron-parser';
import { type Recurrence, weekdays } from '../../protocol/domain/schedule.ts';
import { startOfDate } from '../os/wall-clock.ts';
import type { CronField } from './cron-field.ts';
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

/** cron-parser 5.10.5 counts on UTC only: in Australia/Lord_Howe it leaves out 2026-10-04 and gives up on 2026-04-05. */
function cronSlots(fields: CronFields): WallSlots {
  const { minute, hour, month } = fields;
  const times = [minute, hour].map(list);
  const plain = [...times, ...daysOf(fields, list(month))].join(' ');
  return (afterWallMs) => {
    const currentDate = new Date(Math.floor(afterWallMs / 1000) * 1000);
    const expression = CronExpressionParser.parse(plain, { tz: 'UTC', currentDate });
    let slot = expression.next().toDate();
    while (!isDateOf(fields, slot)) slot = expression.next().toDate();
    return slot.getTime();
  };
}

/**
 * Day, month and weekday for cron-parser, which knows no "both": of two that must both hold it gets the day, and
 * its answers are sieved.
 */
function daysOf(fields: CronFields, month: string): readonly string[] {
  const days = [list(fields.day), ...(fields.lastDay ? ['L'] : [])].filter(Boolean).join(',');
  const last = fields.lastWeekdays.map((weekday) => `${weekday}L`);
  const weekdays = [list(fields.weekday), ...last].filter(Boolean).join(',');
  const isSieved = isBoth(fields) && days !== '*' && weekdays !== '*';
  return isSieved ? [days, month, '*'] : [days, month, weekdays];
}

function list(field: CronField): string {
  return field.all ? '*' : field.values.join(',');
}

/** crontab(5): day and weekday are "either" where both are given, "both" where one has a star. */
function isBoth({ day, weekday }: CronFields): boolean {
  return day.starred || weekday.starred;
}

function isDateOf(fields: CronFields, date: Date): boolean {
  if (!fields.month.values.includes(date.getUTCMonth() + 1)) return false;
  return isBoth(fields)
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
