import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import type { Daemon } from '../daemon.ts';
import { rotaOf } from '../rota/turns.ts';
import type { Coming } from './coming-runs.ts';

const dayMs = 24 * 3_600_000;

/** The verifies and drills of the rota, at the time from which on it is their turn. */
export async function comingTurns(
  daemon: Daemon,
  { fromMs, untilMs }: Coming,
): Promise<readonly CalendarEntry[]> {
  const nowMs = daemon.now();
  if (untilMs <= nowMs) return [];
  const { turns, settings } = await rotaOf(daemon);
  return turns.flatMap(({ kind, backup, dueMs }): CalendarEntry[] => {
    const firstMs = Math.max(dueMs, nowMs);
    const every = kind === 'drill' ? settings.drillEveryDays : settings.verifyEveryDays;
    if (every === false) return [];
    const entries: CalendarEntry[] = [];
    for (let atMs = firstMs; atMs < untilMs; atMs += every * dayMs) {
      // Which backup will be the newest then nobody knows.
      const of = kind === 'verify' || atMs === firstMs ? { backup } : {};
      if (atMs >= fromMs) entries.push({ atMs, what: kind, outcome: 'will run', ...of });
    }
    return entries;
  });
}
