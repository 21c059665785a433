import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import type { RunKind, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import { errorMessage } from '../../os/error-code.ts';
import type { Due } from '../../schedule/due-runs.ts';
import type { RunRecord } from '../../state/runs.ts';
import type { Daemon } from '../daemon.ts';
import { keepDeadlines } from './deadlines.ts';
import { afterFailure, endOfTry, retryAt } from './end-of-try.ts';
import { makeWay } from './make-way.ts';
import { createOpenRuns } from './open-runs.ts';
import { submitRun } from './submit-run.ts';
import { unprovenFull } from './unproven-full.ts';

/** The runs of all schedules: written down before they begin, tried again, cancelled when they take too long. */
export interface RunBook {
  /** Takes up what a Kedge before this one left. */
  resume(): void;
  /** Writes down what is due and starts it; false: the disk did not take it. Never throws. */
  serve(schedule: string, due: Due): boolean;
  byHand(schedule: string, kind: RunKind): Promise<Job>;
  /** The end of any job; those of other work are let pass. */
  jobEnded(job: Job): void;
  /** When a retry or a deadline is due, ms. */
  dueMs(): number | undefined;
  /** Tries again and cancels what is due. Never throws. */
  work(): void;
}

export interface RunBookOptions {
  readonly daemon: () => Daemon;
  readonly settings: (schedule: string) => ScheduleSettings | undefined;
  /** Some run is another than before. */
  readonly onChange: () => void;
}

export function keepRunBook({ daemon, settings, onChange }: RunBookOptions): RunBook {
  const runs = createOpenRuns(daemon, onChange);
  const deadlines = keepDeadlines(daemon, settings);
  const log = (level: 'warning' | 'error', schedule: string, text: string): void =>
    daemon().log.write(level, `schedule "${schedule}": ${text}`);

  const tell = ({ schedule, kind, outcome, retryMs, note }: RunRecord): void => {
    if (outcome === 'failed') log('error', schedule, `the ${kind} failed: ${note}`);
    if (outcome === 'skipped') log('warning', schedule, `a ${kind} is skipped: ${note}`);
    if (retryMs === undefined) return;
    const minutes = Math.round((retryMs - daemon().now()) / 60_000);
    const again = `the ${kind} failed, it is tried again in ${minutes} minutes`;
    log('warning', schedule, `${again}: ${note}`);
  };

  /** In one line: after weeks off there are many. */
  const tellMissed = (schedule: string, missed: readonly RunRecord[]): void => {
    const last = missed.at(-1);
    if (last === undefined) return;
    const what = missed.length === 1 ? `a ${last.kind} was` : `${missed.length} runs were`;
    log('warning', schedule, `${what} missed: ${last.note}`);
  };

  const ended = (run: RunRecord, job: Job): void => {
    const overdue = deadlines.ended(run);
    const end = endOfTry(run, job, settings(run.schedule), overdue, daemon().now());
    tell(runs.change(run, end));
  };

  const submit = async (run: RunRecord): Promise<Job> => {
    const rule = settings(run.schedule);
    if (rule === undefined) throw notThere(run.schedule);
    const origin = run.byHand ? 'manual' : 'schedule';
    const job = await submitRun(daemon(), run.schedule, rule, run.kind, origin);
    const { tries, note } = run;
    const noted = note === undefined ? {} : { note };
    const started = runs.change(run, { outcome: 'running', tries, job: job.id, ...noted });
    // It may have been refused at once.
    if (isFinished(job)) ended(started, job);
    return job;
  };

  const whyNotYet = ({ schedule, kind }: RunRecord): string | undefined => {
    const store = settings(schedule)?.store;
    if (kind === 'full' || store === undefined) return undefined;
    return unprovenFull(daemon(), store);
  };

  const start = async (run: RunRecord): Promise<void> => {
    try {
      const why = whyNotYet(run);
      if (why === undefined) await submit(run);
      else tell(runs.change(run, { outcome: 'skipped', tries: run.tries, note: why }));
    } catch (error) {
      // The next start takes it up as it stands.
      if (daemon().jobs.isClosing()) return;
      const failure = failureOf(error);
      const why = wordFailure(failure).message;
      const rule = settings(run.schedule);
      tell(runs.change(run, afterFailure(run, rule, why, failure.code, daemon().now())));
    }
  };

  const giveUp = (run: RunRecord, why: string): void => {
    const { tries, note } = run;
    tell(runs.change(run, { outcome: 'failed', tries, note: `${note}; ${why}` }));
  };

  const tryAgain = (run: RunRecord): void => {
    const rule = settings(run.schedule);
    if (rule === undefined) giveUp(run, 'the schedule was removed before it was tried again');
    else if (rule.paused === true) giveUp(run, 'the schedule was paused before it was tried again');
    // First it stops waiting, so that it is not tried twice.
    else void start(runs.change(run, { outcome: 'waiting', tries: run.tries + 1 }));
  };

  const takeUp = (run: RunRecord): void => {
    const job = run.job === undefined ? undefined : daemon().state.jobs.get(run.job)?.job;
    if (run.outcome === 'running' && job !== undefined) {
      if (isFinished(job)) ended(run, job);
    } else if (run.retryMs === undefined) void start(run);
  };

  const serve = (schedule: string, due: Due): void => {
    const before = runs.all().filter((run) => run.schedule === schedule);
    const way = due.run && makeWay(due.run.kind, before);
    const served = runs.serve(schedule, due, way);
    const superseded = way?.kind === 'free' ? way.superseded : [];
    for (const run of superseded) giveUp(run, 'the next run came before it was tried again');
    tellMissed(
      schedule,
      served.filter(({ outcome }) => outcome === 'missed'),
    );
    for (const run of served) tell(run);
    for (const run of served.filter(({ outcome }) => outcome === 'waiting')) void start(run);
  };

  return {
    resume() {
      for (const run of runs.load()) takeUp(run);
    },
    serve(schedule, due) {
      try {
        serve(schedule, due);
        return true;
      } catch (error) {
        log('error', schedule, `its runs could not be written down: ${errorMessage(error)}`);
        return false;
      }
    },
    async byHand(schedule, kind) {
      if (settings(schedule) === undefined) throw notThere(schedule);
      const slotMs = daemon().now();
      const row = { schedule, slotMs, kind, byHand: true, outcome: 'waiting', tries: 1 } as const;
      const run = runs.add(row);
      try {
        return await submit(run);
      } catch (error) {
        const note = wordFailure(failureOf(error)).message;
        runs.change(run, { outcome: 'failed', tries: 1, note });
        throw error;
      }
    },
    jobEnded(job) {
      const run = runs.all().find((one) => one.job === job.id);
      if (run !== undefined) ended(run, job);
    },
    dueMs() {
      const moments = runs.all().flatMap((run) => run.retryMs ?? deadlines.of(run) ?? []);
      return moments.length === 0 ? undefined : Math.min(...moments);
    },
    work() {
      const nowMs = daemon().now();
      for (const run of runs.all()) {
        const { retryMs } = run;
        if (retryMs === undefined) deadlines.enforce(run, nowMs);
        else if (retryAt(retryMs, settings(run.schedule), nowMs) <= nowMs) tryAgain(run);
      }
    },
  };
}

function notThere(id: string): KedgeError {
  return new KedgeError('not-found', { what: 'schedule', id, list: 'schedule' });
}
