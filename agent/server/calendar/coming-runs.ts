import { setImmediate } from 'node:timers/promises';
import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import type { ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { comingRun } from '../../schedule/run-notes.ts';
import { timetableOf } from '../../schedule/timetable.ts';
import type { Daemon } from '../daemon.ts';

/** A stretch of time to come, and how many entries it may have. */
export interface Coming {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly room: number;
}

/** A run is counted in some tens of microseconds: nobody else waits long for an answer of the daemon. */
const atOnce = 10;

/** The runs of each schedule that is not paused, as far as there is room for them. */
export async function comingRunsOf(
  daemon: Daemon,
  { fromMs, untilMs, room }: Coming,
  signal: AbortSignal,
): Promise<readonly CalendarEntry[]> {
  const active = daemon.schedules.list().filter(({ settings }) => settings.paused !== true);
  const each = Math.floor(room / Math.max(1, active.length));
  const entries: CalendarEntry[] = [];
  for (const { id, settings } of active) {
    const skipMs = daemon.state.runs.skip(id);
    let count = 0;
    for (const run of runsBetween(settings, fromMs, untilMs)) {
      if (count >= each) break;
      const outcome = run.atMs === skipMs ? 'will be skipped' : 'will run';
      entries.push({ what: 'run', schedule: id, outcome, ...run });
      count += 1;
      if (count % atOnce === 0) await setImmediate(undefined, { signal });
    }
  }
  return entries;
}

function* runsBetween(settings: ScheduleSettings, fromMs: number, untilMs: number) {
  const timetable = timetableOf(settings);
  for (let one = timetable.next(fromMs - 1); one.atMs < untilMs; one = timetable.next(one.atMs)) {
    yield comingRun(settings, one);
  }
}
