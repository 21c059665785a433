import type { Recurrence, ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { offsetAt, wallClock } from '../os/wall-clock.ts';
import { readCron } from './cron-fields.ts';
import { slotsOf } from './next-run.ts';
import { clockNote, dateText } from './run-notes.ts';
import { timetableOf } from './timetable.ts';

const dayMs = 86_400_000;
/** Within this time every change of a clock that is known comes once. */
const lookedMs = 370 * dayMs;

/** Zones whose people count months by another calendar than Kedge does. */
const otherCalendars: Readonly<Record<string, string>> = {
  'Asia/Tehran': 'Solar Hijri',
  'Asia/Kabul': 'Solar Hijri',
  'Asia/Kathmandu': 'Bikram Sambat',
  'Asia/Katmandu': 'Bikram Sambat',
  'Africa/Addis_Ababa': 'Ethiopian',
};

/** What is worth knowing of a schedule before it is saved. */
export function notesOf(
  settings: ScheduleSettings,
  machineZone: string,
  nowMs: number,
): readonly string[] {
  return [
    ...zoneNote(settings, machineZone, nowMs),
    ...calendarNote(settings),
    ...clockNotes(settings, nowMs),
    ...noDifferentialNote(settings, nowMs),
    ...jitterNote(settings),
  ];
}

function zoneNote({ zone }: ScheduleSettings, machineZone: string, nowMs: number): string[] {
  if (zone === machineZone) return [];
  const hours = (offsetAt(nowMs, zone) - offsetAt(nowMs, machineZone)) / 3_600_000;
  const by = `${Math.abs(hours)} ${Math.abs(hours) === 1 ? 'hour' : 'hours'}`;
  const now = hours === 0 ? 'the same time now' : `${by} ${hours > 0 ? 'ahead' : 'behind'} now`;
  return [`The zone of this machine is ${machineZone}; the times are those of ${zone} (${now}).`];
}

function calendarNote({ full, zone }: ScheduleSettings): string[] {
  if (!isByMonth(full)) return [];
  const other = otherCalendars[zone];
  const not = other === undefined ? '' : `, not of the ${other} one`;
  return [`Months are those of the Gregorian calendar${not}.`];
}

function isByMonth(full: Recurrence): boolean {
  if (full.every !== 'cron') return full.every === 'month';
  const { day, month, lastDay, lastWeekdays } = readCron(full.cron);
  return !(day.all && month.all) || lastDay || lastWeekdays.length > 0;
}

/** The next day on which a change of the clock moves a full. */
function clockNotes({ full, zone }: ScheduleSettings, nowMs: number): string[] {
  const slots = slotsOf(full, zone);
  if (slots(nowMs).wallMs === undefined) return [];
  for (const changeMs of clockChanges(zone, nowMs)) {
    // A skipped day is a change too: what was meant for it lies within a day of it.
    const from = Math.max(nowMs, changeMs - 2 * dayMs);
    for (let slot = slots(from); slot.atMs < changeMs + 2 * dayMs; slot = slots(slot.atMs)) {
      const note = clockNote(slot, zone);
      if (note !== undefined) return [`On ${dateText(wallClock(slot.atMs, zone))}: ${note}.`];
    }
  }
  return [];
}

/** Days in the time that is looked at on which the clock is changed, ms. */
function clockChanges(zone: string, nowMs: number): readonly number[] {
  const days = Array.from({ length: lookedMs / dayMs + 1 }, (_, day) => nowMs + day * dayMs);
  const offsets = days.map((at) => offsetAt(at, zone));
  return days.filter((_, day) => day > 0 && offsets[day] !== offsets[day - 1]);
}

function noDifferentialNote(settings: ScheduleSettings, nowMs: number): string[] {
  if (settings.differential === undefined) return [];
  const timetable = timetableOf(settings);
  let run = timetable.next(nowMs);
  for (let fulls = 0; fulls < 3; run = timetable.next(run.atMs)) {
    if (run.kind === 'differential') return [];
    fulls += 1;
  }
  return ['No differential is ever taken: the fulls come as often.'];
}

function jitterNote({ jitterMinutes }: ScheduleSettings): string[] {
  if (jitterMinutes === undefined) return [];
  return [
    `A run begins up to ${jitterMinutes} minutes later than planned, so that not all servers begin at once.`,
  ];
}
