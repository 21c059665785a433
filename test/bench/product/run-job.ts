import { setTimeout as pause } from 'node:timers/promises';
import { isFinished, type Job, type JobResult } from '../../../protocol/domain/job.ts';
import { jobList, jobShow } from '../../../protocol/methods/job.ts';
import type { Session } from '../../support/kedge.ts';
import { type PeakMemory, watchPeakMemory } from '../measure/peak-memory.ts';
import { descendantsOf, endedChildrenSecondsOf } from '../measure/process-tree.ts';
import type { RunningKedge } from './start-kedge.ts';

/** Rare enough to cost the daemon nothing that shows. */
const lookEveryMs = 50;

export interface JobRun {
  readonly job: Job;
  /** From the request to its end, by the daemon's own clock. */
  readonly seconds: number;
  /** Of the job and its children, seconds. */
  readonly processorSeconds: number;
  readonly peakMebibytes: number;
  /** When each step was first seen, seconds after the start. */
  readonly steps: ReadonlyMap<string, number>;
}

/** Starts a job and follows it to its end. */
export async function runJob(
  kedge: RunningKedge,
  session: Session,
  started: Promise<{ readonly job: number }>,
  signal: AbortSignal,
): Promise<JobRun> {
  using peak: PeakMemory = watchPeakMemory(() => descendantsOf(kedge.pid));
  const startedAt = performance.now();
  const spentBefore = endedChildrenSecondsOf(kedge.pid);
  const { job: id } = await started;
  const steps = new Map<string, number>();
  for (;;) {
    const { job } = await session.call(jobShow, { job: id });
    const { state } = job;
    if (isFinished(job)) {
      const seconds = ((job.finishedAtMs ?? Number.NaN) - job.createdAtMs) / 1000;
      const processorSeconds = endedChildrenSecondsOf(kedge.pid) - spentBefore;
      return { job, seconds, processorSeconds, peakMebibytes: peak.mebibytes(), steps };
    }
    if (state.kind === 'running' && !steps.has(state.progress.step)) {
      steps.set(state.progress.step, (performance.now() - startedAt) / 1000);
    }
    await pause(lookEveryMs, undefined, { signal });
  }
}

/** The result of a job that must have gone well. */
export function resultOf<K extends JobResult['kind']>(
  { job }: JobRun,
  kind: K,
): Extract<JobResult, { kind: K }> {
  const isOfKind = (result: JobResult): result is Extract<JobResult, { kind: K }> =>
    result.kind === kind;
  if (job.state.kind === 'done' && isOfKind(job.state.result)) return job.state.result;
  throw new Error(`${job.title} ended as ${JSON.stringify(job.state)}`);
}

/** Waits until the verification that follows a backup by itself is over; fails if it does not hold. */
export async function afterVerify(
  session: Session,
  backup: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const { jobs } = await session.call(jobList, { offset: 0, limit: 20 });
    const verify = jobs.find(
      ({ kind, title }) => kind === 'verify' && title.includes(backup.slice(0, 8)),
    );
    if (verify !== undefined && isFinished(verify)) return refuseDamaged(verify);
    await pause(lookEveryMs, undefined, { signal });
  }
}

function refuseDamaged({ title, state }: Job): void {
  const ended = state.kind === 'done' && state.result.kind === 'verify' ? state.result : undefined;
  if (ended?.verify.integrity !== 'ok')
    throw new Error(`${title} ended as ${JSON.stringify(state)}`);
}
