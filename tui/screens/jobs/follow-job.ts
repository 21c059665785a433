import { setTimeout as wait } from 'node:timers/promises';
import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import { jobLog, jobShow } from '../../../protocol/methods/job.ts';
import type { Bench } from '../bench.ts';

const logLines = 500;
/** Who goes through a list by keys wants only the last one. */
const settleMs = 120;
/** A plot of minutes moves by no cell in less. */
const againMs = 1_000;

/** Reads the log of a job once and, as long as it runs, how fast it is; what is logged then comes by itself. */
export async function followJob(bench: Bench, job: number, signal: AbortSignal): Promise<void> {
  await wait(settleMs, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) return;
  readLog(bench, job);
  for (;;) {
    readThroughput(bench, job);
    const now = bench.session.store.get().snapshot?.jobs.find(({ id }) => id === job);
    if (signal.aborted || now === undefined || !isAtWork(now)) return;
    await wait(againMs, undefined, { signal }).catch(() => undefined);
  }
}

function isAtWork(job: Job): boolean {
  return !isFinished(job);
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
