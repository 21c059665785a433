import type { Blackout, Recurrence, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { formatCount } from '../count.ts';

const weekdayNames = {
  sunday: 'یکشنبه',
  monday: 'دوشنبه',
  tuesday: 'سه‌شنبه',
  wednesday: 'چهارشنبه',
  thursday: 'پنجشنبه',
  friday: 'جمعه',
  saturday: 'شنبه',
} as const;

/** Every day at 02:00 (Asia/Tehran), differential every 4 hours, not from 08:00 to 18:00. */
export function scheduleWords(settings: ScheduleSettings): string {
  const { full, zone, differential, blackout = [] } = settings;
  const hours = blackout.map(blackoutWords).join(' و ');
  return [
    `${recurrenceWords(full)} (${zone})`,
    ...(differential === undefined ? [] : [differentialWords(differential.when)]),
    ...(hours === '' ? [] : [`به‌جز ${hours}`]),
  ].join('، ');
}

type Differential = NonNullable<ScheduleSettings['differential']>['when'];

function differentialWords(when: Differential): string {
  if (when.every === 'cron') return `تفاضلی ${cronWords(when.cron)}`;
  return when.hours === 1 ? 'تفاضلی هر ساعت' : `تفاضلی هر ${formatCount(when.hours)} ساعت`;
}

function recurrenceWords(recurrence: Recurrence): string {
  switch (recurrence.every) {
    case 'day':
      return `هر روز ساعت ${clock(recurrence.at)}`;
    case 'week':
      return `هر ${weekdayNames[recurrence.on]} ساعت ${clock(recurrence.at)}`;
    case 'month':
      return `هر ماه میلادی ${dayWords(recurrence.day)} ساعت ${clock(recurrence.at)}`;
    case 'cron':
      return cronWords(recurrence.cron);
    default:
      return recurrence satisfies never;
  }
}

function dayWords(day: number): string {
  if (day === 31) return 'روز آخر';
  const name = `روز ${formatCount(day)}`;
  return day > 28 ? `${name} یا روز آخر` : name;
}

/** The plainest ones; the others stand as they were written. */
function cronWords(cron: string): string {
  const minutes = /^\*\/(\d+) \* \* \* \*$/.exec(cron.trim())?.[1];
  if (minutes !== undefined && 60 % Number(minutes) === 0)
    return `هر ${formatCount(Number(minutes))} دقیقه`;
  const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(cron.trim()) ?? [];
  if (minute !== undefined && hour !== undefined)
    return `هر روز ساعت ${clock(`${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`)}`;
  return `با cron «${cron.trim()}»`;
}

function blackoutWords({ from, to, on = [] }: Blackout): string {
  const days = on.map((day) => weekdayNames[day]).join('، ');
  return `از ${clock(from)} تا ${clock(to)}${days === '' ? '' : ` (${days})`}`;
}

function clock(time: string): string {
  return time.replaceAll(/\d/g, (digit) => formatCount(Number(digit)));
}
