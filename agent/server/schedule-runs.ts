import type { Job } from '../../protocol/domain/job.ts';
import type { Run, RunKind, Schedule, ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { systemClock } from '../schedule/clock.ts';
import { type NextRun, type Scheduler, startScheduler } from '../schedule/scheduler.ts';
import { scheduleInWords } from '../schedule/words.ts';
import type { Daemon } from './daemon.ts';
import { describeRun, runOfJob } from './schedules/describe-run.ts';
import { keepRunBook } from './schedules/run-book.ts';

/** The schedules of the configuration at work. */
export interface ScheduleRuns extends Disposable {
  start(): void;
  reconfigured(): void;
  list(): readonly Schedule[];
  /** Its newest runs, newest first. */
  runs(id: string, limit: number): readonly Run[];
  /** Takes a run of it now, beside its times. */
  run(id: string, kind: RunKind): Promise<Job>;
  /** Leaves the next run out, or not after all. */
  skip(id: string, skip: boolean): Schedule;
  /** Any job; a run may have waited for it. */
  jobEnded(job: Job): void;
}

export function runSchedules(daemon: () => Daemon): ScheduleRuns {
  const stop = new AbortController();
  let scheduler: Scheduler | undefined;
  const settings = (): Readonly<Record<string, ScheduleSettings>> =>
    daemon().configFile.inForce()?.schedules ?? {};
  const book = keepRunBook({
    daemon,
    settings: (id) => settings()[id],
    onChange: () => publish(),
  });
  /** They are asked for with every change, and cost what a few weeks of runs cost to count. */
  const words = new WeakMap<ScheduleSettings, string>();
  const wordsOf = (rule: ScheduleSettings): string => {
    const known = words.get(rule) ?? scheduleInWords(rule);
    words.set(rule, known);
    return known;
  };

  const list = (): readonly Schedule[] =>
    Object.entries(settings()).map(([id, rule]) => ({
      id,
      settings: rule,
      words: wordsOf(rule),
      ...nextOf(daemon(), id, scheduler?.next(id)),
      ...lastOf(daemon(), id),
    }));
  const publish = (): void => {
    daemon().broadcast.publish({ topic: 'schedules', schedules: list() });
    daemon().overview.touch();
  };
  const known = (id: string): Schedule => {
    const schedule = list().find((one) => one.id === id);
    if (schedule === undefined)
      throw new KedgeError('not-found', { what: 'schedule', id, list: 'schedule' });
    return schedule;
  };

  return {
    start() {
      if (scheduler !== undefined) return;
      book.resume();
      scheduler = startScheduler({
        schedules: settings,
        position: (id) => daemon().state.position(id),
        skip: (id) => daemon().state.runs.skip(id),
        serve: book.serve,
        installation: daemon().state.installation,
        clock: systemClock,
        signal: stop.signal,
        onChange: publish,
        chores: book,
      });
      publish();
    },
    reconfigured() {
      if (scheduler === undefined) this.start();
      else scheduler.reconfigured();
      publish();
    },
    list,
    runs: (id, limit) =>
      daemon()
        .state.runs.newest(known(id).id, limit)
        .map((run) => describeRun(run, jobOf(daemon(), run.job))),
    run: book.byHand,
    skip(id, skip) {
      known(id);
      const slotMs = scheduler?.next(id)?.slotMs;
      if (slotMs === undefined)
        throw new KedgeError('unavailable', {
          what: `leaving out the next run of "${id}"`,
          why: 'the schedule is paused',
        });
      daemon().state.runs.setSkip(id, skip ? slotMs : undefined);
      publish();
      return known(id);
    },
    jobEnded: book.jobEnded,
    // First of all at a stop: a slot that fires into closing jobs would count as served.
    [Symbol.dispose]: () => stop.abort(),
  };
}

function nextOf(
  { state }: Daemon,
  id: string,
  next: NextRun | undefined,
): Pick<Schedule, 'nextMs' | 'nextKind' | 'skipsNext'> {
  if (next === undefined) return {};
  const skips = state.runs.skip(id) === next.slotMs;
  return { nextMs: next.startMs, nextKind: next.kind, ...(skips ? { skipsNext: true } : {}) };
}

function lastOf(daemon: Daemon, id: string): Pick<Schedule, 'lastRun' | 'lastGoodMs'> {
  const { runs, jobs } = daemon.state;
  const last = runs.last(id);
  // Before runs were written down there were jobs only.
  const job = last === undefined ? jobs.newestOf('backup', id) : undefined;
  const good = runs.lastComplete(id);
  return {
    ...(last === undefined ? {} : { lastRun: describeRun(last, jobOf(daemon, last.job)) }),
    ...(job === undefined ? {} : { lastRun: runOfJob(job) }),
    ...(good === undefined ? goodOf(job) : { lastGoodMs: good.slotMs }),
  };
}

function goodOf(job: Job | undefined): { lastGoodMs?: number } {
  return job?.state.kind === 'done' ? { lastGoodMs: job.createdAtMs } : {};
}

function jobOf(daemon: Daemon, id: number | undefined): Job | undefined {
  return id === undefined ? undefined : daemon.state.jobs.get(id)?.job;
}
