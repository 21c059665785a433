import { setImmediate } from 'node:timers/promises';
import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { RunRecord } from '../../state/runs.ts';
import type { Daemon } from '../daemon.ts';
import { describeRun } from '../schedules/describe-run.ts';
import { comingRunsOf } from './coming-runs.ts';
import { comingTurns } from './coming-turns.ts';
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
  const past = [
    ...(await runsOf(daemon, fromMs, untilMs, signal)),
    ...jobsOf(daemon, fromMs, untilMs),
  ];
  const coming = { fromMs: Math.max(fromMs, nowMs), untilMs, room: entriesAtMost - past.length };
  const entries = [
    ...past,
    ...(await comingRunsOf(daemon, coming, signal)),
    ...(await comingTurns(daemon, coming)),
  ];
  return entries.toSorted((a, b) => a.atMs - b.atMs).slice(0, entriesAtMost);
}

/** Their jobs are read in some tens of microseconds each: nobody else waits long for an answer of the daemon. */
const atOnce = 50;

async function runsOf(
  daemon: Daemon,
  fromMs: number,
  untilMs: number,
  signal: AbortSignal,
): Promise<readonly CalendarEntry[]> {
  const entries: CalendarEntry[] = [];
  for (const record of daemon.state.runs.between(fromMs, untilMs, entriesAtMost)) {
    entries.push(entryOfRun(daemon, record));
    if (entries.length % atOnce === 0) await setImmediate(undefined, { signal });
  }
  return entries;
}

function entryOfRun(daemon: Daemon, record: RunRecord): CalendarEntry {
  const job = record.job === undefined ? undefined : daemon.state.jobs.get(record.job);
  const { atMs, kind, outcome, note } = describeRun(record, job?.job);
  const backup = job === undefined ? undefined : entryOfJob(job)?.backup;
  return {
    atMs,
    what: 'run',
    schedule: record.schedule,
    ...(kind === undefined ? {} : { kind }),
    outcome,
    ...(record.job === undefined ? {} : { job: record.job }),
    ...(backup === undefined ? {} : { backup }),
    ...noted(record, note),
  };
}

function noted({ retryMs, tries }: RunRecord, note: string | undefined): { note?: string } {
  if (retryMs === undefined) return note === undefined ? {} : { note };
  const again = `try ${tries + 1} follows`;
  return { note: note === undefined ? again : `${note}; ${again}` };
}

/** A job of a schedule is one of the tries of a run; before runs were written down it was the run. */
function jobsOf(daemon: Daemon, fromMs: number, untilMs: number): readonly CalendarEntry[] {
  const { runs, jobs } = daemon.state;
  const firstRunMs = runs.between(0, Number.MAX_SAFE_INTEGER, 1)[0]?.slotMs ?? untilMs;
  return jobs
    .askedBetween(fromMs, untilMs, entriesAtMost)
    .filter(
      ({ job }) =>
        job.schedule === undefined || job.kind !== 'backup' || job.createdAtMs < firstRunMs,
    )
    .flatMap((record) => entryOfJob(record) ?? []);
}
