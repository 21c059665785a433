import type { Job, JobResult, Progress } from '../../protocol/domain/job.ts';
import type { ResetStep } from '../../protocol/domain/service.ts';
import { type Failure, KedgeError } from '../../protocol/failures.ts';
import type { JobOrder } from './job-order.ts';
import type { JobProcess } from './job-process.ts';
import type { OpenQuestion } from './questions.ts';

/** A job at work, as the daemon sees it. */
export interface Running {
  job: Job;
  readonly order: JobOrder;
  process?: JobProcess;
  progress: Progress;
  resetSteps?: readonly ResetStep[];
  question?: OpenQuestion;
  /** Cancelled or gone: it asks nobody anything any more. */
  readonly over: AbortController;
  ending?:
    | { readonly kind: 'done'; readonly result: JobResult }
    | { readonly kind: 'failed'; readonly failure: Failure };
  cancelled: boolean;
  /** Its last step is a restart of Kedge: the next daemon writes down how it ended. */
  handedOver: boolean;
  /** The job that it was cancelled for, in words. */
  gaveWayTo?: string;
  killer?: NodeJS.Timeout;
  /** What it asked for and has no answer to yet. */
  readonly asks: Set<Promise<void>>;
  /** Settles when its process is gone. */
  readonly gone: PromiseWithResolvers<void>;
}

export function runningJob(job: Job, order: JobOrder): Running {
  return {
    job,
    order,
    progress: firstProgress,
    cancelled: false,
    handedOver: false,
    over: new AbortController(),
    asks: new Set(),
    gone: Promise.withResolvers(),
  };
}

const firstProgress: Progress = {
  step: 'starting',
  bytesDone: 0,
  bytesTotal: 0,
  rate: 0,
  cancellable: true,
};

/** Leaves a job to the next daemon and has this one restarted; where it stops already, that is all it takes. */
export async function handOver(
  at: Running,
  closing: boolean,
  restart: () => Promise<void>,
): Promise<void> {
  // First: the stop that a restart brings may be here before its answer.
  at.handedOver = true;
  if (closing) return at.process?.kill();
  await restart().catch((error: unknown) => {
    at.handedOver = false;
    throw error;
  });
}

/** It waited for the end of this daemon, and was ended with it. */
export function isLeftToNext({ handedOver, ending }: Running): boolean {
  const ended = ending?.kind === 'failed' ? ending.failure.code === 'interrupted' : false;
  return handedOver && (ending === undefined || ended);
}

/** How it ended: its own last word, or what happened to it. */
export function endOf(at: Running, how: string, stopping: boolean): Job['state'] {
  if (at.ending?.kind === 'done') return at.ending;
  // A cancel that came too late must not hide that data was exchanged and brought back.
  if (at.ending?.failure.code === 'rolled-back') return at.ending;
  const interrupted = (why: string): Job['state'] => ({
    kind: 'failed',
    failure: {
      code: 'interrupted',
      params: { kind: at.job.kind, step: at.progress.step, why },
    },
  });
  if (at.cancelled && stopping) return interrupted('Kedge was stopped');
  if (at.cancelled && at.gaveWayTo !== undefined) {
    return { kind: 'cancelled', gaveWayTo: at.gaveWayTo };
  }
  if (at.cancelled) return { kind: 'cancelled' };
  if (at.ending?.kind === 'failed') return at.ending;
  return {
    kind: 'failed',
    failure: { code: 'job-crashed', params: { kind: at.job.kind, cause: how, job: at.job.id } },
  };
}

export function wordsOf(state: Job['state']): string {
  if (state.kind === 'cancelled' && state.gaveWayTo !== undefined) {
    return `cancelled, it gave way to ${state.gaveWayTo}; its turn comes again`;
  }
  return state.kind === 'failed'
    ? new KedgeError(state.failure.code, state.failure.params).message
    : state.kind;
}
