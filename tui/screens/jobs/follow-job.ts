import { setTimeout as wait } from 'node:timers/promises';
import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import { jobLog, jobShow } from '../../../protocol/methods/job.ts';
import type { State } from '../../store/state.ts';
import { waitFor } from '../../store/wait-for.ts';
import type { Bench } from '../bench.ts';
import { diffOf, readDiff } from './diff-page.ts';

const logLines = 500;
/** Who goes through a list by keys wants only the last one. */
const settleMs = 120;
/** A plot of minutes moves by no cell in less. */
const againMs = 1_000;

/**
 * Reads the log of the job in front once and, as long as it runs, how fast it is; what is logged then comes by
 * itself. Another job may come to the front without a key: the first row is that of the newest one.
 */
export async function followJob(
  bench: Bench,
  inFront: () => number | undefined,
  signal: AbortSignal,
): Promise<void> {
  await pause(settleMs, signal);
  let before: Job | undefined;
  while (!signal.aborted) {
    const { jobs } = bench.session.store.get().snapshot ?? {};
    const id = inFront();
    const job = jobs?.find((one) => one.id === id);
    readWhatIsNew(bench, id, job, before);
    before = job;
    if (isAtWork(job)) await pause(againMs, signal);
    else await otherJobs(bench, jobs, signal);
  }
}

/** `before`: as it was at the last look. A job that the newest ones do not hold any more is over. */
function readWhatIsNew(
  bench: Bench,
  id: number | undefined,
  job: Job | undefined,
  before: Job | undefined,
): void {
  if (id === undefined) return;
  const isOther = before?.id !== id;
  if (isOther) readLog(bench, id);
  if (isOther || isAtWork(before)) {
    readThroughput(bench, id);
    if (job !== undefined && (diffOf(job)?.entries ?? 0) > 0) readDiff(bench, id);
  }
}

function isAtWork(job: Job | undefined): boolean {
  return job !== undefined && !isFinished(job);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}

async function otherJobs(
  { session }: Bench,
  jobs: readonly Job[] | undefined,
  signal: AbortSignal,
): Promise<void> {
  const changed = ({ snapshot }: State): true | undefined =>
    snapshot?.jobs === jobs ? undefined : true;
  await waitFor(session.store, changed, signal).catch(() => undefined);
}

export function readLog(bench: Bench, job: number): void {
  bench.load('jobLog', String(job), async () => {
    const { lines } = await bench.session.call(jobLog, { job, lines: logLines });
    return lines;
  });
}

function readThroughput(bench: Bench, job: number): void {
  bench.load('throughput', String(job), async () => {
    const { throughput } = await bench.session.call(jobShow, { job });
    return throughput;
  });
}
