import type { Blackout, ComingRun, ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { dateExists, instantOf, lastInstantOf, offsetAt, wallClock } from '../os/wall-clock.ts';
import { blackoutInWords } from './blackouts.ts';
import type { Slot } from './next-run.ts';
import { type Occurrence, timetableOf } from './timetable.ts';

/** The next runs after a moment, each with why it is not at the plain time of the rule. */
export function comingRuns(
  settings: ScheduleSettings,
  afterMs: number,
  count: number,
): readonly ComingRun[] {
  const timetable = timetableOf(settings);
  const runs: ComingRun[] = [];
  for (let at = afterMs; runs.length < count; ) {
    const run = timetable.next(at);
    at = run.atMs;
    runs.push(comingRun(settings, run));
  }
  return runs;
}

export function comingRun(settings: ScheduleSettings, run: Occurrence): ComingRun {
  const note = noteOf(settings, run);
  return { atMs: run.atMs, kind: run.kind, ...(note === undefined ? {} : { note }) };
}

/** Why a run is not at the plain time of its rule; undefined: it is. */
export function noteOf(
  { zone, blackout = [] }: ScheduleSettings,
  run: Occurrence,
): string | undefined {
  const notes = [
    clockNote(run.slot, zone),
    fullNote(run, zone),
    run.atMs === run.slot.atMs ? undefined : blackoutNote(run, zone, blackout),
  ].filter((note) => note !== undefined);
  return notes.length === 0 ? undefined : notes.join('; ');
}

/** What a change of the clock does to a time of day. */
export function clockNote({ atMs, wallMs }: Slot, zone: string): string | undefined {
  if (wallMs === undefined) return undefined;
  if (!dateExists(wallMs, zone))
    return `${dateText(wallMs)} does not exist in ${zone}: it runs right after`;
  const shown = wallClock(atMs, zone);
  if (shown !== wallMs)
    return `${timeText(wallMs)} does not exist on that day, the clock goes forward: it runs at ${timeText(shown)}`;
  return lastInstantOf(wallMs, zone) === instantOf(wallMs, zone)
    ? undefined
    : `${timeText(wallMs)} comes twice on that day, the clock goes back: it runs the first time`;
}

function fullNote({ slot, countedFromMs }: Occurrence, zone: string): string | undefined {
  if (countedFromMs === undefined) return undefined;
  return offsetAt(countedFromMs, zone) === offsetAt(slot.atMs, zone)
    ? undefined
    : 'the clock changes after its full: real hours are counted';
}

function blackoutNote({ slot, atMs }: Occurrence, zone: string, all: readonly Blackout[]): string {
  const planned = wallClock(slot.atMs, zone);
  const begins = wallClock(atMs, zone);
  const on = dateText(planned) === dateText(begins) ? '' : `on ${dateText(planned)} `;
  const [only, ...more] = all.map(blackoutInWords);
  const which = only === undefined || more.length > 0 ? '' : ` (${only})`;
  return `${on}at ${timeText(planned)} nothing may begin${which}: it runs at ${timeText(begins)}`;
}

/** "02:30". */
function timeText(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(11, 16);
}

/** "2011-12-30". */
export function dateText(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 10);
}
