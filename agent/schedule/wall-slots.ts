import { CronExpressionParser } from 'cron-parser';
import { type Recurrence, weekdays } from '../../protocol/domain/schedule.ts';
import { startOfDate } from '../os/wall-clock.ts';
import { type CronField, readCron } from './cron-fields.ts';

const dayMs = 86_400_000;

/** The next slot strictly after a wall time, as wall time (see os/wall-clock.ts). */
export type WallSlots = (afterWallMs: number) => number;

export function wallSlots(recurrence: Recurrence): WallSlots {
  switch (recurrence.every) {
    case 'day':
      return onDates(recurrence.at, () => true);
    case 'week': {
      const weekday = weekdays.indexOf(recurrence.on);
      return onDates(recurrence.at, (date) => date.getUTCDay() === weekday);
    }
    case 'month':
      return onDates(
        recurrence.at,
        (date) => date.getUTCDate() === dayOrLast(date, recurrence.day),
      );
    case 'cron':
      return cronSlots(recurrence.cron);
    default:
      return recurrence satisfies never;
  }
}

function onDates(at: string, wanted: (date: Date) => boolean): WallSlots {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const timeMs = (hour * 60 + minute) * 60_000;
  return (afterWallMs) => {
    let start = startOfDate(afterWallMs);
    while (start + timeMs <= afterWallMs || !wanted(new Date(start))) start += dayMs;
    return start + timeMs;
  };
}

function dayOrLast(date: Date, day: number): number {
  return Math.min(
    day,
    new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate(),
  );
}

/** cron-parser 5.10.5 counts on UTC only: in Australia/Lord_Howe it leaves out 2026-10-04 and gives up on 2026-04-05. */
function cronSlots(cron: string): WallSlots {
  const { minute, hour, day, month, weekday } = readCron(cron);
  // crontab(5): day and weekday are "either" where both are given, "both" where one has a star.
  // cron-parser takes `*/2` for given, so there the weekdays are sieved here.
  const sieve = (day.starred || weekday.starred) && !day.all && !weekday.all;
  const plain = [minute, hour, day, month]
    .map(list)
    .concat(sieve ? '*' : list(weekday))
    .join(' ');
  return (afterWallMs) => {
    const currentDate = new Date(Math.floor(afterWallMs / 1000) * 1000);
    const expression = CronExpressionParser.parse(plain, { tz: 'UTC', currentDate });
    let slot = expression.next();
    while (sieve && !weekday.values.includes(slot.getDay())) slot = expression.next();
    return slot.getTime();
  };
}

function list(field: CronField): string {
  return field.starred && field.all ? '*' : field.values.join(',');
}
