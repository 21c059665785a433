import { randomUUID } from 'node:crypto';
import type { Job } from '../../protocol/domain/job.ts';
import type { Run, Schedule } from '../../protocol/domain/schedule.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { errorMessage } from '../os/error-code.ts';
import { systemClock } from '../schedule/clock.ts';
import { startScheduler } from '../schedule/scheduler.ts';
import { scheduleInWords } from '../schedule/words.ts';
import type { Daemon } from './daemon.ts';

/** The schedules of the configuration at work. */
export interface ScheduleRuns extends Disposable {
  start(): void;
  reconfigured(): void;
  list(): readonly Schedule[];
  /** Takes a run of it now, beside its times. */
  run(id: string, origin: 'manual' | 'schedule'): Job;
}

export function runSchedules(daemon: () => Daemon): ScheduleRuns {
  const stop = new AbortController();
  let scheduler: ReturnType<typeof startScheduler> | undefined;
  const settings = () => daemon().configFile.inForce()?.schedules ?? {};

  const publish = (): void => {
    daemon().broadcast.publish({ topic: 'schedules', schedules: list() });
    daemon().overview.touch();
  };
  const list = (): readonly Schedule[] =>
    Object.entries(settings()).map(([id, schedule]) => {
      const nextMs = schedule.paused === true ? undefined : scheduler?.next(id);
      const lastRun = lastRunOf(daemon(), id);
      return {
        id,
        settings: schedule,
        words: scheduleInWords(schedule),
        ...(nextMs === undefined ? {} : { nextMs }),
        ...(lastRun === undefined ? {} : { lastRun }),
      };
    });

  const run = (id: string, origin: 'manual' | 'schedule'): Job => {
    const schedule = settings()[id];
    if (schedule === undefined) {
      throw new KedgeError('not-found', { what: 'schedule', id, list: 'schedule' });
    }
    return daemon().jobs.submit({
      kind: 'backup',
      title: `full backup by schedule "${id}"`,
      command: `kedge schedule run ${id}`,
      origin,
      schedule: id,
      order: {
        kind: 'backup',
        backupId: randomUUID(),
        origin: 'schedule',
        schedule: id,
        destination: { kind: 'store', store: schedule.store },
      },
    });
  };

  const fire = (id: string): void => {
    try {
      // A run that still waits or works stands for this one too: no storm.
      const busy = unfinishedRun(daemon(), id);
      if (busy === undefined) run(id, 'schedule');
      else
        daemon().log.write(
          'warning',
          `schedule "${id}": job ${busy.id} is not through yet, this run is skipped`,
        );
    } catch (error) {
      daemon().log.write('error', `schedule "${id}": ${errorMessage(error)}`);
    }
  };

  /** On a full disk the next start may repeat a run; this one goes on keeping time. */
  const savePosition = (id: string, slotMs: number): void => {
    try {
      daemon().state.savePosition(id, slotMs);
    } catch (error) {
      const text = `schedule "${id}": its position was not saved: ${errorMessage(error)}`;
      daemon().log.write('error', text);
    }
  };

  return {
    start() {
      scheduler ??= startScheduler({
        schedules: settings,
        position: (id) => daemon().state.position(id),
        savePosition,
        clock: systemClock,
        fire,
        signal: stop.signal,
        onChange: publish,
      });
      publish();
    },
    reconfigured() {
      if (scheduler === undefined) this.start();
      else scheduler.reconfigured();
      publish();
    },
    list,
    run,
    // First of all at a stop: a slot that fires into closing jobs would count as served.
    [Symbol.dispose]: () => stop.abort(),
  };
}

function unfinishedRun(daemon: Daemon, schedule: string): Job | undefined {
  return daemon.state.jobs
    .unfinished()
    .map((record) => record.job)
    .find((job) => job.kind === 'backup' && job.schedule === schedule);
}

function lastRunOf(daemon: Daemon, schedule: string): Run | undefined {
  const job = daemon.state.jobs.newestOf('backup', schedule);
  return job === undefined
    ? undefined
    : { atMs: job.createdAtMs, job: job.id, outcome: outcomeOf(job) };
}

function outcomeOf(job: Job): Run['outcome'] {
  switch (job.state.kind) {
    case 'queued':
    case 'running':
      return 'running';
    case 'done':
      return job.state.result.kind === 'backup' ? job.state.result.backup.outcome : 'complete';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'cancelled';
    default:
      return job.state satisfies never;
  }
}
