import { setImmediate } from 'node:timers/promises';
import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import type { Schedule } from '../../../protocol/domain/schedule.ts';
import { nextRun } from '../../schedule/next-run.ts';

/** A rule is counted in some tens of microseconds: nobody waits longer for an answer of the daemon. */
const atOnce = 50;

/** The runs of each schedule from now on, as far as there is room for them. */
export async function comingEntries(
  schedules: readonly Schedule[],
  fromMs: number,
  untilMs: number,
  room: number,
  signal: AbortSignal,
): Promise<readonly CalendarEntry[]> {
  const active = schedules.filter(({ settings }) => settings.paused !== true);
  const each = Math.floor(room / Math.max(1, active.length));
  const entries: CalendarEntry[] = [];
  for (const { id, settings, skipsNext } of active) {
    let atMs = nextRun(settings.full, settings.zone, fromMs - 1);
    for (let count = 0; atMs < untilMs && count < each; count += 1) {
      const outcome = skipsNext === true && count === 0 ? 'will be skipped' : 'will run';
      entries.push({ atMs, what: 'run', schedule: id, kind: 'full', outcome });
      if (count % atOnce === atOnce - 1) await setImmediate(undefined, { signal });
      atMs = nextRun(settings.full, settings.zone, atMs);
    }
  }
  return entries;
}
