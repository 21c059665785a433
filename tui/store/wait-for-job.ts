import { isFinished, type Job } from '../../protocol/domain/job.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { jobShow } from '../../protocol/methods/job.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';
import { waitFor } from './wait-for.ts';

/**
 * Waits until a job has ended, however it ended; a connection that comes back is waited for.
 * `onJob` is told of every change, and may be told the same twice.
 */
export async function waitForJob(
  session: Session,
  id: number,
  onJob: (job: Job) => void,
  signal: AbortSignal,
): Promise<Job> {
  const { job } = await session.call(jobShow, { job: id }, signal);
  onJob(job);
  if (isFinished(job)) return job;
  const finished = (state: State): true | undefined => {
    const now = state.snapshot?.jobs.find((one) => one.id === id);
    if (now !== undefined) onJob(now);
    // The snapshot of a new connection comes before calls are taken again.
    const ended = now !== undefined && isFinished(now) && state.connection.kind === 'open';
    return ended ? true : undefined;
  };
  await waitFor(session.store, finished, signal);
  return (await session.call(jobShow, { job: id }, signal)).job;
}

/** A job that did not end well is thrown as its failure. */
export function throwUnlessDone(job: Job): Job {
  switch (job.state.kind) {
    case 'failed':
      throw new KedgeError(job.state.failure.code, job.state.failure.params);
    case 'cancelled':
      throw new KedgeError('cancelled');
    case 'done':
    case 'queued':
    case 'running':
      return job;
    default:
      return job.state satisfies never;
  }
}
