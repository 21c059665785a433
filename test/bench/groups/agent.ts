import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isFinished } from '../../../protocol/domain/job.ts';
import { backupCreate } from '../../../protocol/methods/backup.ts';
import { jobShow } from '../../../protocol/methods/job.ts';
import { logTail } from '../../../protocol/methods/session.ts';
import { openSession, type Session } from '../../support/kedge.ts';
import type { Bench } from '../bench.ts';
import { startWriter } from '../data/busy-writer.ts';
import { descendantsOf, memoryOf, processorSecondsOf } from '../measure/process-tree.ts';
import { measured } from '../measure/rows.ts';
import { percentile } from '../measure/statistics.ts';
import { backUp } from '../product/back-up.ts';
import { makeHome } from '../product/make-home.ts';
import { afterVerify } from '../product/run-job.ts';
import { type RunningKedge, startKedge } from '../product/start-kedge.ts';
import type { Row } from '../row.ts';

/** After its start the daemon gives back memory and its clocks come to rest. */
const settleMs = 5_000;
const betweenRequestsMs = 5;
const transactionsPerSecond = 200;

/** The daemon at rest, how fast it answers while a job works, and what writers feel of a backup. */
export async function agent(bench: Bench): Promise<readonly Row[]> {
  const data = await bench.data();
  const schedules = {
    nightly: { full: { every: 'day', at: '02:00' }, zone: 'UTC', store: 'local' },
  };
  const { home } = await makeHome(join(bench.folder, 'agent'), data, { schedules });
  await using kedge = await startKedge(home, bench.signal);
  const idle = await idleRows(bench, kedge);
  using session = await openSession(kedge.socket);
  return [
    ...idle,
    ...(await answerRows(bench, session)),
    ...(await writerRows(bench, kedge, session, data.database)),
  ];
}

async function idleRows(
  { quick, signal, say }: Bench,
  kedge: RunningKedge,
): Promise<readonly Row[]> {
  const windowMs = quick ? 10_000 : 60_000;
  say(`idle for ${windowMs / 1000} s`);
  await pause(settleMs, undefined, { signal });
  const before = processorSecondsOf(kedge.pid);
  const startedAt = performance.now();
  await pause(windowMs, undefined, { signal });
  const elapsed = (performance.now() - startedAt) / 1000;
  // Children that ended are counted with it; it has none that stay.
  const percent = (100 * (processorSecondsOf(kedge.pid) - before)) / elapsed;
  const memory = [kedge.pid, ...descendantsOf(kedge.pid)].map(memoryOf);
  return [
    measured('idle: memory', 'MiB', [memory.reduce((sum, each) => sum + each, 0)], {
      budget: { of: 'value', must: 90, goal: 60 },
    }),
    measured('idle: CPU', '%', [percent], { budget: { of: 'value', must: 0.2, goal: 0.05 } }),
  ];
}

async function answerRows(
  { quick, signal, say }: Bench,
  session: Session,
): Promise<readonly Row[]> {
  say('answers while a backup runs');
  const windowMs = quick ? 3_000 : 10_000;
  const endAt = performance.now() + windowMs;
  const quiet = await askAllTheTime(session, signal, () => performance.now() > endAt);
  const { job } = await session.call(backupCreate, { requestId: randomUUID() });
  let seen = 0;
  const busy = await askAllTheTime(session, signal, () => {
    const news = session.notices.slice(seen);
    seen = session.notices.length;
    return news.some(
      ({ change }) => change.topic === 'job' && change.job.id === job && isFinished(change.job),
    );
  });
  const { state } = (await session.call(jobShow, { job })).job;
  if (state.kind !== 'done' || state.result.kind !== 'backup') {
    throw new Error(`the backup ended as ${JSON.stringify(state)}`);
  }
  await afterVerify(session, state.result.backup.id, signal);
  const p99 = (values: readonly number[]): number[] => [percentile(values, 99)];
  return [
    measured('answer p99 while a backup runs', 'ms', p99(busy), {
      peer: ['no job', p99(quiet)],
      budget: { of: 'value', must: 10, goal: 4 },
    }),
    measured('answer worst while a backup runs', 'ms', [Math.max(...busy)], {
      peer: ['no job', [Math.max(...quiet)]],
    }),
    measured('answer p50 while a backup runs', 'ms', busy, { peer: ['no job', quiet] }),
  ];
}

/** Asks for the last line of the log again and again; answers how long each answer took, ms. */
async function askAllTheTime(
  session: Session,
  signal: AbortSignal,
  isOver: () => boolean,
): Promise<readonly number[]> {
  const latencies: number[] = [];
  while (!isOver()) {
    const askedAt = performance.now();
    await session.call(logTail, { lines: 1 });
    latencies.push(performance.now() - askedAt);
    await pause(betweenRequestsMs, undefined, { signal });
  }
  return latencies;
}

async function writerRows(
  { quick, signal, say }: Bench,
  kedge: RunningKedge,
  session: Session,
  database: string,
): Promise<readonly Row[]> {
  say('commits of a writer while a backup runs');
  await using writer = await startWriter(database, transactionsPerSecond);
  // The first commits read their pages from the disk.
  await pause(2_000, undefined, { signal });
  await writer.latenciesMs();
  await pause(quick ? 3_000 : 10_000, undefined, { signal });
  const alone = await writer.latenciesMs();
  const { seconds } = await backUp(kedge, session, signal);
  // What came during the verification that follows is cut off: the rate is fixed.
  const during = (await writer.latenciesMs()).slice(0, Math.ceil(seconds * transactionsPerSecond));
  const rowOf = (what: string, percent: number, budget?: Row['budget']): Row =>
    measured(what, 'ms', [percentile(during, percent)], {
      peer: ['no backup', [percentile(alone, percent)]],
      ...(budget === undefined ? {} : { budget }),
    });
  return [
    rowOf('commit p99 while a backup runs', 99, { of: 'excess', must: 5, goal: 1 }),
    rowOf('commit worst while a backup runs', 100),
    rowOf('commit p50 while a backup runs', 50),
  ];
}
