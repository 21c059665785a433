import type { Job, JobState } from '../../protocol/domain/job.ts';
import type { Secrets } from '../../protocol/domain/secrets.ts';
import type { LogLine } from '../../protocol/domain/snapshot.ts';
import { failureOf, KedgeError } from '../../protocol/failures.ts';
import type { NewJob } from '../state/job-records.ts';
import { answerCopy } from './answer-copy.ts';
import { type AskedOfDaemon, answerJob } from './answer-job.ts';
import { atWork } from './at-work.ts';
import { givesWay } from './give-way.ts';
import type { FromJob } from './job-messages.ts';
import { isWriting, JobOrder, type Lane, laneOf, lanes } from './job-order.ts';
import { startJobProcess } from './job-process.ts';
import { createJobQueue } from './job-queue.ts';
import { startMessage } from './job-start.ts';
import type { JobsOptions } from './jobs-options.ts';
import { createLaneHold } from './lane-hold.ts';
import { askPerson, type PersonsAnswer, takeAnswer } from './questions.ts';
import { endOf, handOver, isLeftToNext, type Running, runningJob, wordsOf } from './running-job.ts';
import { writeEnds } from './written-ends.ts';

/** The queue of jobs: one that writes at a time, and beside it one that only reads and one that copies. */
export interface Jobs {
  /** `first`: before everything that waits (recovery). `secrets` are forgotten when it has started. */
  submit(
    job: Omit<NewJob, 'order'> & { readonly order: JobOrder },
    options?: { readonly first?: boolean; readonly secrets?: Secrets | undefined },
  ): Job;
  /** Asks, then kills after the deadline; refused where data is being exchanged. */
  cancel(id: number): Job;
  /** To the question that it asks. */
  answer(id: number, answer: PersonsAnswer): void;
  /** With its progress where it runs, its place where it waits. */
  current(job: Job): Job;
  /** What keeps writing jobs busy now. */
  writing(): Job | undefined;
  /** Settles when none that writes is at work; the next one starts when what it answers is disposed. */
  hold(): Promise<Disposable>;
  isClosing(): boolean;
  /** Writes down the end of a job of a Kedge before this one; answers what kept it from that until the next `catchUp`. */
  ended(id: number, state: JobState): string | undefined;
  /** Writes down the ends of jobs that a full disk kept from it; until then they count as at work. */
  catchUp(): void;
  /** No new ones; those at work are asked to stop, then killed; settles when all are gone and what followed. */
  close(): Promise<void>;
}

/** A cancelled job gets this long to clean up. */
const cancelDeadlineMs = 10_000;
/** At a stop an exchange of data gets this long to end; after it the next start recovers it. */
const closeDeadlineMs = 600_000;

export function createJobs(options: JobsOptions): Jobs {
  const { records, logs, now } = options;
  const queue = createJobQueue();
  const hold = createLaneHold();
  const ends = writeEnds(records);
  const running = new Map<number, Running>();
  const endings = new Set<Promise<void>>();
  /** Of jobs that wait; they are in no record and do not outlive this process. */
  const secrets = new Map<number, Secrets>();
  let closing = false;

  const log = (job: number, level: LogLine['level'], text: string): void => {
    const line: LogLine = { atMs: now(), level, text, job };
    logs.write(job, line);
    options.onLog(line);
  };

  const current = (job: Job): Job => {
    const at = running.get(job.id);
    if (at !== undefined) return atWork(at);
    const queuePlace = queue.placeOf(job.id);
    return queuePlace === undefined ? job : { ...job, queuePlace };
  };

  const around = {
    now,
    isAttended: options.isAttended,
    changed: (at: Running) => options.onChange(current(at.job)),
  };

  const askedBy = (at: Running): AskedOfDaemon => ({
    services: options.services,
    askPerson: askPerson(at, around),
    restartKedge: async () => await handOver(at, closing, options.restartKedge),
  });

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
        pending(at, answerJob(message, askedBy(at), at.process));
        break;
      case 'copied':
      case 'let-go':
        pending(at, answerCopy(message, options.copies(at.job.id), at.process));
        break;
      case 'done':
      case 'failed':
        at.ending = message;
        break;
      default:
        message satisfies never;
    }
  };

  const pending = (at: Running, answering: Promise<void>): void => {
    const work = answering.finally(() => at.asks.delete(work));
    at.asks.add(work);
  };

  const onExit = async (at: Running, how: string, lastErrors: string): Promise<void> => {
    clearTimeout(at.killer);
    at.over.abort();
    // A stop that is still under way for a dead job would undo what its recovery starts.
    await Promise.allSettled(at.asks);
    if (at.ending === undefined) await options.onCrash(at.job, at.order);
    if (!running.delete(at.job.id)) return;
    at.gone.resolve();
    if (closing && isLeftToNext(at)) return;
    const state = endOf(at, how, closing);
    if (state.kind === 'failed' && lastErrors !== '') log(at.job.id, 'error', lastErrors.trim());
    const ended = record(at.job, state);
    const following = options.onEnd(ended, at.order, at.ending === undefined);
    startNext();
    await following;
  };

  /** Writes down how a job ended, and tells it. */
  const record = (job: Job, state: JobState): Job => {
    const ended: Job = { ...job, finishedAtMs: now(), state };
    const level = state.kind === 'failed' ? 'error' : 'info';
    log(job.id, level, `${job.title}: ${wordsOf(state)}`);
    const problem = ends.write(job.id, now(), state);
    if (problem !== undefined)
      log(job.id, 'error', `its end could not be written down: ${problem}`);
    options.onChange(ended);
    return ended;
  };

  const start = (job: Job, order: JobOrder): void => {
    const at = runningJob(job, order);
    const message = startMessage(job.id, order, options, secrets.get(job.id));
    secrets.delete(job.id);
    running.set(job.id, at);
    at.process = startJobProcess(message, {
      onMessage: (said) => onMessage(at, said),
      onExit: (how, errors) => follow(onExit(at, how, errors)),
    });
    records.started(job.id, now(), at.process.identity);
    at.job = records.get(job.id)?.job ?? job;
    log(job.id, 'info', `${job.title}: started`);
    options.onChange(current(job));
  };

  const follow = (ending: Promise<void>): void => {
    const followed = ending.finally(() => endings.delete(followed));
    endings.add(followed);
  };

  const writer = (): Running | undefined =>
    [...running.values()].find(({ order }) => isWriting(order));

  const known = (id: number): Job => {
    const found = records.get(id)?.job;
    if (found === undefined) throw new KedgeError('not-found', { what: 'job', id, list: 'job' });
    return found;
  };

  const startNext = (): void => {
    if (closing) return;
    for (const lane of lanes) if (lane !== 'writing' || !hold.isHeld()) startIn(lane);
    // Each may have come nearer to its turn.
    for (const job of queue.waiting()) options.onChange(current(job));
  };

  const startIn = (lane: Lane): void => {
    while (![...running.values()].some((at) => laneOf(at.order) === lane)) {
      const next = queue.take(lane, running.size === 0);
      if (next === undefined) break;
      startOrFail(next.job, next.order);
    }
  };

  const startOrFail = (job: Job, order: JobOrder): void => {
    try {
      const why = options.refusal(order);
      if (why !== undefined) throw new KedgeError('unavailable', { what: job.title, why });
      start(job, order);
    } catch (error) {
      running.get(job.id)?.process?.kill();
      running.delete(job.id);
      record(job, { kind: 'failed', failure: failureOf(error) });
    }
  };

  /** What nobody asked for ends where something else is to be done; its turn comes again. */
  const makeWay = (job: Job, order: JobOrder): void => {
    for (const at of running.values()) {
      if (at.cancelled || !at.progress.cancellable) continue;
      if (!givesWay(at.order, { origin: job.origin, order })) continue;
      at.gaveWayTo = `job ${job.id}, ${job.title}`;
      cancelRunning(at);
    }
  };

  const cancelRunning = (at: Running): void => {
    if (!at.progress.cancellable) {
      throw new KedgeError('cannot-cancel', { job: at.job.id, step: at.progress.step });
    }
    at.cancelled = true;
    at.over.abort();
    at.process?.send({ kind: 'cancel' });
    at.killer ??= setTimeout(() => {
      // Between guard and gate the job may have passed the point of no return meanwhile.
      if (at.progress.cancellable) at.process?.kill();
    }, cancelDeadlineMs);
  };

  return {
    submit(job, { first = false, secrets: given } = {}) {
      if (closing) {
        throw new KedgeError('busy', { what: job.title, why: 'Kedge is stopping' });
      }
      const order = JobOrder.parse(job.order);
      const made = records.add(job, now());
      if (given !== undefined) secrets.set(made.id, given);
      queue.add(made, order, first);
      makeWay(made, order);
      options.onChange(made);
      startNext();
      return current(records.get(made.id)?.job ?? made);
    },
    cancel(id) {
      const found = known(id);
      const at = running.get(id);
      if (queue.remove(id)) {
        secrets.delete(id);
        records.finished(id, now(), { kind: 'cancelled' });
      } else if (at !== undefined) cancelRunning(at);
      const job = current(records.get(id)?.job ?? found);
      options.onChange(job);
      return job;
    },
    answer(id, answer) {
      takeAnswer(id, running.get(id)?.question, answer);
    },
    current,
    writing: () => {
      const at = writer();
      return at && current(at.job);
    },
    hold: async () => await hold.take(writer()?.gone.promise, startNext),
    isClosing: () => closing,
    ended: (id, state) => ends.write(id, now(), state),
    catchUp: () => ends.catchUp(),
    async close() {
      closing = true;
      for (const at of running.values())
        if (at.handedOver) at.process?.kill();
        else if (at.progress.cancellable) cancelRunning(at);
      const killer = setTimeout(() => {
        for (const at of running.values()) at.process?.kill();
      }, closeDeadlineMs);
      while (running.size > 0 || endings.size > 0) {
        await Promise.allSettled([
          ...endings,
          ...[...running.values()].map((at) => at.gone.promise),
        ]);
      }
      clearTimeout(killer);
    },
  };
}
