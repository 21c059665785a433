import type { Blackout, Recurrence, ScheduleSettings } from '../../../protocol/domain/schedule.ts';

const weekdayNames = {
  sunday: 'Sonntag',
  monday: 'Montag',
  tuesday: 'Dienstag',
  wednesday: 'Mittwoch',
  thursday: 'Donnerstag',
  friday: 'Freitag',
  saturday: 'Samstag',
} as const;

/** "täglich um 02:00 (Europe/Berlin), differenziell alle 4 Stunden, nicht von 08:00 bis 18:00". */
export function scheduleWords(settings: ScheduleSettings): string {
  const { full, zone, differential, blackout = [] } = settings;
  const hours = blackout.map(blackoutWords).join(' und ');
  return [
    `${recurrenceWords(full)} (${zone})`,
    ...(differential === undefined ? [] : [differentialWords(differential.when)]),
    ...(hours === '' ? [] : [`nicht ${hours}`]),
  ].join(', ');
}

type Differential = NonNullable<ScheduleSettings['differential']>['when'];

function differentialWords(when: Differential): string {
  if (when.every === 'cron') return `differenziell ${cronWords(when.cron)}`;
  return when.hours === 1 ? 'differenziell stündlich' : `differenziell alle ${when.hours} Stunden`;
}

function recurrenceWords(recurrence: Recurrence): string {
  switch (recurrence.every) {
    case 'day':
      return `täglich um ${recurrence.at}`;
    case 'week':
      return `jeden ${weekdayNames[recurrence.on]} um ${recurrence.at}`;
    case 'month':
      return `jeden Monat ${dayWords(recurrence.day)} um ${recurrence.at}`;
    case 'cron':
      return cronWords(recurrence.cron);
    default:
      return recurrence satisfies never;
  }
}

function dayWords(day: number): string {
  if (day === 31) return 'am letzten Tag';
  return day > 28 ? `am ${day}. oder am letzten Tag` : `am ${day}.`;
}

/** The plainest ones; the others stand as they were written. */
function cronWords(cron: string): string {
  const minutes = /^\*\/(\d+) \* \* \* \*$/.exec(cron.trim())?.[1];
  if (minutes !== undefined && 60 % Number(minutes) === 0) return `alle ${minutes} Minuten`;
  const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(cron.trim()) ?? [];
  if (minute !== undefined && hour !== undefined)
    return `täglich um ${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  return `nach Cron "${cron.trim()}"`;
}

function blackoutWords({ from, to, on = [] }: Blackout): string {
  const days = on.map((day) => weekdayNames[day]).join(', ');
  return `von ${from} bis ${to}${days === '' ? '' : ` (${days})`}`;
}
