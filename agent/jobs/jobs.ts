import type { Job } from '../../protocol/domain/job.ts';
import type { LogLine } from '../../protocol/domain/snapshot.ts';
import { failureOf, KedgeError } from '../../protocol/failures.ts';
import type { Config } from '../config/config.ts';
import type { ServiceControl } from '../services/service-control.ts';
import type { JobRecords, NewJob } from '../state/job-records.ts';
import { answerJob } from './answer-job.ts';
import type { JobLogs } from './job-log.ts';
import type { FromJob } from './job-messages.ts';
import { isWriting, JobOrder } from './job-order.ts';
import { startJobProcess } from './job-process.ts';
import { endOf, firstProgress, type Running, wordsOf } from './running-job.ts';

export interface JobsOptions {
  readonly records: JobRecords;
  readonly logs: JobLogs;
  readonly stateFolder: string;
  readonly installation: string;
  readonly config: () => { config: Config; text: string };
  readonly services: ServiceControl;
  /** Archive bytes for each content byte of the last full. */
  readonly lastRatio: () => number | undefined;
  readonly now: () => number;
  readonly onChange: (job: Job) => void;
  readonly onLog: (line: LogLine) => void;
  /** The job has ended and its record says how. `crashed`: it did not say so itself. */
  readonly onEnd: (job: Job, order: JobOrder, crashed: boolean) => void;
}

/** The queue of jobs: one that writes at a time, and beside it one that only reads. */
export interface Jobs {
  /** `first`: before everything that waits (recovery). */
  submit(job: Omit<NewJob, 'order'> & { readonly order: JobOrder }, first?: boolean): Job;
  /** Asks, then kills after the deadline; refused where data is being exchanged. */
  cancel(id: number): Job;
  /** With its progress where it runs. */
  current(job: Job): Job;
  /** What keeps writing jobs busy now. */
  writing(): Job | undefined;
  /** No new ones; those at work are asked to stop, then killed; settles when all are gone. */
  close(): Promise<void>;
}

/** A cancelled job gets this long to clean up. */
const cancelDeadlineMs = 10_000;

export function createJobs(options: JobsOptions): Jobs {
  const { records, logs, now } = options;
  const waiting: Job[] = [];
  const orders = new Map<number, JobOrder>();
  const running = new Map<number, Running>();
  let closing: (() => void) | undefined;

  const log = (job: number, level: LogLine['level'], text: string): void => {
    const line: LogLine = { atMs: now(), level, text, job };
    logs.write(job, line);
    options.onLog(line);
  };

  const current = (job: Job): Job => {
    const at = running.get(job.id);
    if (at === undefined) return job;
    const steps = at.resetSteps === undefined ? {} : { resetSteps: at.resetSteps };
    return { ...at.job, ...steps, state: { kind: 'running', progress: at.progress } };
  };

  const onMessage = (at: Running, message: FromJob): void => {
    switch (message.kind) {
      case 'progress':
        at.progress = message.progress;
        options.onChange(current(at.job));
        break;
      case 'log':
        log(at.job.id, message.level, message.text);
        break;
      case 'reset-steps':
        at.resetSteps = message.steps;
        options.onChange(current(at.job));
        break;
      case 'ask':
        answer(at, message);
        break;
      case 'done':
      case 'failed':
        at.ending = message;
        break;
      default:
        message satisfies never;
    }
  };

  const answer = (at: Running, ask: Extract<FromJob, { kind: 'ask' }>): void => {
    const work = answerJob(ask, options.services, at.process).finally(() => at.asks.delete(work));
    at.asks.add(work);
  };

  const onExit = async (at: Running, how: string, lastErrors: string): Promise<void> => {
    clearTimeout(at.killer);
    // A stop that is still under way for a dead job would undo what its recovery starts.
    await Promise.allSettled(at.asks);
    if (!running.delete(at.job.id)) return;
    const crashed = at.ending === undefined;
    const state = endOf(at, how, closing !== undefined);
    records.finished(at.job.id, now(), state);
    if (state.kind === 'failed' && lastErrors !== '') log(at.job.id, 'error', lastErrors.trim());
    log(
      at.job.id,
      state.kind === 'failed' ? 'error' : 'info',
      `${at.job.title}: ${wordsOf(state)}`,
    );
    const ended = records.get(at.job.id)?.job;
    if (ended !== undefined) {
      options.onChange(ended);
      options.onEnd(ended, at.order, crashed);
    }
    if (running.size === 0) closing?.();
    startNext();
  };

  const start = (job: Job, order: JobOrder): void => {
    const at: Running = { job, order, progress: firstProgress, cancelled: false, asks: new Set() };
    const { config, text } = options.config();
    const lastRatio = options.lastRatio();
    running.set(job.id, at);
    at.process = startJobProcess(
      {
        kind: 'start',
        job: job.id,
        order,
        config,
        configText: text,
        stateFolder: options.stateFolder,
        installation: options.installation,
        ...(lastRatio === undefined ? {} : { lastRatio }),
        zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      },
      {
        onMessage: (message) => onMessage(at, message),
        onExit: (how, errors) => void onExit(at, how, errors),
      },
    );
    records.started(job.id, now(), at.process.identity);
    at.job = records.get(job.id)?.job ?? job;
    log(job.id, 'info', `${job.title}: started`);
    options.onChange(current(job));
  };

  const startNext = (): void => {
    if (closing !== undefined) return;
    for (const writing of [true, false]) {
      const busy = [...running.values()].some((at) => isWriting(at.order) === writing);
      const index = waiting.findIndex((job) => {
        const order = orders.get(job.id);
        return order !== undefined && isWriting(order) === writing;
      });
      const [job] = busy || index < 0 ? [] : waiting.splice(index, 1);
      const order = job === undefined ? undefined : orders.get(job.id);
      if (job === undefined || order === undefined) continue;
      orders.delete(job.id);
      startOrFail(job, order);
    }
  };

  const startOrFail = (job: Job, order: JobOrder): void => {
    try {
      start(job, order);
    } catch (error) {
      running.delete(job.id);
      records.finished(job.id, now(), { kind: 'failed', failure: failureOf(error) });
      const ended = records.get(job.id)?.job;
      if (ended !== undefined) options.onChange(ended);
    }
  };

  const cancelRunning = (at: Running): void => {
    if (!at.progress.cancellable) {
      throw new KedgeError('cannot-cancel', { job: at.job.id, step: at.progress.step });
    }
    at.cancelled = true;
    at.process?.send({ kind: 'cancel' });
    at.killer ??= setTimeout(() => {
      // Between guard and gate the job may have passed the point of no return meanwhile.
      if (at.progress.cancellable) at.process?.kill();
    }, cancelDeadlineMs);
  };

  return {
    submit(job, first = false) {
      if (closing !== undefined) {
        throw new KedgeError('busy', { what: job.title, why: 'Kedge is stopping' });
      }
      const made = records.add(job, now());
      orders.set(made.id, JobOrder.parse(job.order));
      if (first) waiting.unshift(made);
      else waiting.push(made);
      options.onChange(made);
      startNext();
      return current(records.get(made.id)?.job ?? made);
    },
    cancel(id) {
      const found = records.get(id)?.job;
      if (found === undefined) throw new KedgeError('not-found', { what: 'job', id, list: 'job' });
      const index = waiting.findIndex((job) => job.id === id);
      const at = running.get(id);
      if (index >= 0) {
        waiting.splice(index, 1);
        orders.delete(id);
        records.finished(id, now(), { kind: 'cancelled' });
      } else if (at !== undefined) cancelRunning(at);
      const job = current(records.get(id)?.job ?? found);
      options.onChange(job);
      return job;
    },
    current,
    writing: () => {
      const at = [...running.values()].find((candidate) => isWriting(candidate.order));
      return at === undefined ? undefined : current(at.job);
    },
    async close() {
      const { promise, resolve } = Promise.withResolvers<void>();
      closing = resolve;
      if (running.size === 0) resolve();
      for (const at of running.values()) if (at.progress.cancellable) cancelRunning(at);
      await promise;
    },
  };
}
