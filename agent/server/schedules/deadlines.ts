import type { ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import type { RunRecord } from '../../state/runs.ts';
import type { Daemon } from '../daemon.ts';

/** How long runs may take. */
export interface Deadlines {
  /** When a run at work has to be through, ms; undefined: it may take its time, or is being cancelled. */
  of(run: RunRecord): number | undefined;
  /** Cancels a run that is past its deadline. */
  enforce(run: RunRecord, nowMs: number): void;
  /** Whether the run that has ended was cancelled by this. */
  ended(run: RunRecord): boolean;
}

const hourMs = 3_600_000;

export function keepDeadlines(
  daemon: () => Daemon,
  settings: (schedule: string) => ScheduleSettings | undefined,
): Deadlines {
  const cancelled = new Set<number>();
  const deadlineOf = ({ id, schedule, job, outcome }: RunRecord): number | undefined => {
    const hours = settings(schedule)?.deadlineHours;
    if (hours === undefined || job === undefined || outcome !== 'running' || cancelled.has(id))
      return undefined;
    // One that waits in the queue does not run out of time.
    const startedMs = daemon().state.jobs.get(job)?.job.startedAtMs;
    return startedMs === undefined ? undefined : startedMs + hours * hourMs;
  };
  return {
    of: deadlineOf,
    enforce(run, nowMs) {
      const deadlineMs = deadlineOf(run);
      if (deadlineMs === undefined || nowMs < deadlineMs || run.job === undefined) return;
      cancelled.add(run.id);
      try {
        daemon().jobs.cancel(run.job);
      } catch (error) {
        const { message } = wordFailure(failureOf(error));
        daemon().log.write('error', `schedule "${run.schedule}": ${message}`);
      }
    },
    ended: ({ id }) => cancelled.delete(id),
  };
}
