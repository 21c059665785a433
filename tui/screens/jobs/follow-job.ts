import { setTimeout as wait } from 'node:timers/promises';
import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import { jobLog, jobShow } from '../../../protocol/methods/job.ts';
import type { State } from '../../store/state.ts';
import { waitFor } from '../../store/wait-for.ts';
import type { Bench } from '../bench.ts';

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
  let read: number | undefined;
  let wasAtWork = false;
  while (!signal.aborted) {
    const { jobs } = bench.session.store.get().snapshot ?? {};
    const id = inFront();
    const job = jobs?.find((one) => one.id === id);
    if (id !== undefined && id !== read) readLog(bench, id);
    if (id !== undefined && (id !== read || wasAtWork)) readThroughput(bench, id);
    read = id;
    wasAtWork = job !== undefined && !isFinished(job);
    if (wasAtWork) await pause(againMs, signal);
    else await otherJobs(bench, jobs, signal);
  }
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
