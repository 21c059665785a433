import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { Daemon } from '../daemon.ts';
import { comingEntries } from './coming-entries.ts';
import { entryOfJob } from './jobs-of-calendar.ts';

const dayMs = 24 * 3_600_000;
const daysAtMost = 62;
const entriesAtMost = 5_000;

/** What happened in [fromMs, untilMs) and what will, oldest first. */
export async function readCalendar(
  daemon: Daemon,
  fromMs: number,
  untilMs: number,
  signal: AbortSignal,
): Promise<readonly CalendarEntry[]> {
  if (!(fromMs < untilMs && untilMs - fromMs <= daysAtMost * dayMs)) {
    const problem = `it must end after its beginning, and within ${daysAtMost} days of it`;
    throw new KedgeError('bad-argument', { what: 'the time of the calendar', problem });
  }
  const nowMs = daemon.now();
  const past = happened(daemon, fromMs, untilMs);
  const room = entriesAtMost - past.length;
  const coming = await comingEntries(
    daemon.schedules.list(),
    Math.max(fromMs, nowMs),
    untilMs,
    room,
    signal,
  );
  return [...past, ...coming].toSorted((a, b) => a.atMs - b.atMs).slice(0, entriesAtMost);
}

function happened(daemon: Daemon, fromMs: number, untilMs: number): readonly CalendarEntry[] {
  return daemon.state.jobs
    .askedBetween(fromMs, untilMs, entriesAtMost)
    .flatMap((record) => entryOfJob(record) ?? []);
}
