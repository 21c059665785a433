import type { Job } from '../../../protocol/domain/job.ts';
import type { ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { wordFailure } from '../../../protocol/failures.ts';
import { freeFrom } from '../../schedule/blackouts.ts';
import type { RunChange, RunRecord } from '../../state/runs.ts';

const minuteMs = 60_000;
const firstRetryMs = 5 * minuteMs;
const longestRetryMs = 240 * minuteMs;
const retriesByDefault = 3;

/** What becomes of a run when its job has ended. `overdue`: it was cancelled for taking too long. */
export function endOfTry(
  run: RunRecord,
  { id, state }: Job,
  settings: ScheduleSettings | undefined,
  overdue: boolean,
  nowMs: number,
): RunChange {
  const same = { tries: run.tries, job: id };
  switch (state.kind) {
    case 'queued':
    case 'running':
      return { ...same, outcome: 'running' };
    case 'done': {
      if (state.result.kind !== 'backup') return { ...same, outcome: 'complete' };
      return {
        ...same,
        outcome: state.result.backup.outcome,
        ...noteOf([run.note, state.result.note]),
      };
    }
    case 'cancelled':
      return overdue
        ? { ...same, outcome: 'failed', note: overdueNote(settings) }
        : { ...same, outcome: 'cancelled' };
    case 'failed': {
      const why = wordFailure(state.failure).message;
      return { ...same, ...afterFailure(run, settings, why, state.failure.code, nowMs) };
    }
    default:
      return state satisfies never;
  }
}

/** A try failed, perhaps before it had a job: it waits for the next one, or the run has failed for good. */
export function afterFailure(
  run: RunRecord,
  settings: ScheduleSettings | undefined,
  why: string,
  code: string,
  nowMs: number,
): Pick<RunChange, 'outcome' | 'tries' | 'retryMs' | 'note'> {
  const { tries } = run;
  const allowed = settings?.retries ?? retriesByDefault;
  // A reboot in the middle costs no day, however few retries are wanted.
  const retries = code === 'interrupted' ? Math.max(allowed, 1) : allowed;
  if (settings === undefined || run.byHand || tries > retries)
    return { outcome: 'failed', tries, note: why };
  const retryMs = freeFrom(settings, nowMs + retryAfterMs(tries));
  return { outcome: 'waiting', tries, retryMs, note: why };
}

/** When a run that waits for its next try begins it: as it was said, but not in a blackout, nor late as a clock was set back. */
export function retryAt(
  retryMs: number,
  settings: ScheduleSettings | undefined,
  nowMs: number,
): number {
  if (settings === undefined) return nowMs;
  const lastMs = freeFrom(settings, nowMs + longestRetryMs);
  return retryMs > lastMs ? nowMs : freeFrom(settings, Math.max(retryMs, nowMs));
}

/** 5, 15, 45, ... minutes, four hours at the most. */
function retryAfterMs(tries: number): number {
  return Math.min(firstRetryMs * 3 ** (tries - 1), longestRetryMs);
}

function overdueNote(settings: ScheduleSettings | undefined): string {
  const hours = settings?.deadlineHours;
  const allowed = hours === undefined ? '' : ` the ${hours === 1 ? 'hour' : `${hours} hours`}`;
  return `it was cancelled as it took longer than${allowed} that it may take`;
}

function noteOf(notes: readonly (string | undefined)[]): { readonly note?: string } {
  const given = notes.filter((note) => note !== undefined);
  return given.length === 0 ? {} : { note: given.join('; ') };
}
