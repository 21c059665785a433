import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { isFinished } from '../../protocol/domain/job.ts';
import { JobOrder } from '../jobs/job-order.ts';
import { removeFile, removeTree } from '../os/files.ts';
import { tryLock } from '../os/lock.ts';
import { isAlive } from '../os/process-identity.ts';
import type { JobRecord } from '../state/job-records.ts';
import { cleanAfterSafely } from './clean-after.ts';
import type { Daemon } from './daemon.ts';
import { pastFullDisk } from './past-full-disk.ts';
import { submitRecoveries, submitResetResumes } from './recoveries.ts';
import { endRestarts, isRestarting } from './resets/kedge-restarts.ts';

const Identity = z.object({ pid: z.number(), startTicks: z.string(), bootId: z.string() });

/** An orphan is asked to stop, given this long, and killed; then it has as long again to be gone. */
const orphanDeadlineMs = 10_000;
/** One whose process is not known has lost its daemon too, and leaves by itself after 20 s at the latest. */
const unknownDeadlineMs = 25_000;

/** Jobs that a Kedge before this one left: stopped, cleaned after, reported as interrupted. */
export async function settleOrphans(daemon: Daemon): Promise<void> {
  const orphans = daemon.state.jobs.unfinished();
  // Beside each other: each may take a while to end, and a server that says nothing a minute for each.
  await Promise.all(orphans.map(async (record) => await settleOrphan(daemon, record)));
  for (const record of orphans) if (!isRestarting(daemon, record)) tellInterrupted(daemon, record);
  await clearLeftovers(daemon);
}

/** Restores and resets that did not end: settled by jobs, before anything else runs. */
export async function recoverAll(
  daemon: Daemon,
  signal: AbortSignal,
  onWaiting: () => Promise<void>,
): Promise<void> {
  let jobs: readonly number[] = [];
  await pastFullDisk(daemon, 'what a dead job left', async () => {
    jobs = submitRecoveries(daemon);
    await endRestarts(daemon);
    submitResetResumes(daemon);
  });
  if (jobs.length > 0) await onWaiting();
  await Promise.all(jobs.map((id) => jobEnd(daemon, id, signal)));
}

async function settleOrphan(daemon: Daemon, record: JobRecord): Promise<void> {
  await stopOrphan(daemon, record);
  if (isRestarting(daemon, record)) return;
  const order = JobOrder.safeParse(record.order);
  if (order.success) await cleanAfterSafely(daemon, record.job.id, order.data);
}

/** After it was cleaned after: else a crash in between would leave that to nobody. */
function tellInterrupted(daemon: Daemon, { job }: JobRecord): void {
  const why = 'Kedge stopped while it ran';
  const failure = {
    code: 'interrupted',
    params: { kind: job.kind, step: 'unknown', why },
  } as const;
  const problem = daemon.jobs.ended(job.id, { kind: 'failed', failure });
  const text = `${job.title} (job ${job.id}) was interrupted: ${why}`;
  daemon.log.write('warning', text);
  daemon.overview.recovered.push(text);
  if (problem === undefined) return;
  const later = `the end of job ${job.id} waits until there is room: ${problem}`;
  daemon.log.write('error', later);
  daemon.overview.recovered.push(later);
}

async function stopOrphan(daemon: Daemon, { job, process: raw }: JobRecord): Promise<void> {
  const decoded = Identity.safeParse(raw);
  const identity = decoded.success ? decoded.data : undefined;
  const path = lockOf(daemon, job.id);
  if (identity !== undefined) await endProcess(identity);
  // Whoever holds the lock is the job, whatever its pid says.
  const deadline = AbortSignal.timeout(unknownDeadlineMs);
  while (existsSync(path) && !deadline.aborted) {
    using lock = tryLock(path);
    if (lock !== undefined) return;
    await nextLook();
  }
  if (existsSync(path)) daemon.log.write('error', `job ${job.id} still holds its lock "${path}"`);
}

async function endProcess(identity: z.infer<typeof Identity>): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (!isAlive(identity)) return;
    process.kill(identity.pid, signal);
    const deadline = AbortSignal.timeout(orphanDeadlineMs);
    while (isAlive(identity) && !deadline.aborted) await nextLook();
  }
}

/** No job runs now: what lies in scratch belongs to none, and a lock that can be had is of none. */
async function clearLeftovers(daemon: Daemon): Promise<void> {
  const { state } = daemon.places;
  for (const name of namesIn(join(state, 'scratch')))
    await removeTree(join(state, 'scratch', name));
  for (const name of namesIn(join(state, 'locks'))) {
    const path = join(state, 'locks', name);
    const lock = /^job-\d+$/.test(name) ? tryLock(path) : undefined;
    if (lock === undefined) continue;
    lock[Symbol.dispose]();
    await removeFile(path);
  }
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function lockOf(daemon: Daemon, job: number): string {
  return join(daemon.places.state, 'locks', `job-${job}`);
}

/** The kernel tells nobody but the parent that a process ended: look again in a moment. */
async function nextLook(): Promise<void> {
  await once(AbortSignal.timeout(50), 'abort');
}

async function jobEnd(daemon: Daemon, id: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onAbort = (): void => resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  using _listening = daemon.broadcast.subscribe(({ change }) => {
    if (change.topic === 'job' && change.job.id === id && isFinished(change.job)) resolve();
  });
  const job = daemon.state.jobs.get(id)?.job;
  if (job === undefined || isFinished(job) || signal.aborted) resolve();
  await promise.finally(() => signal.removeEventListener('abort', onAbort));
  const ended = daemon.state.jobs.get(id)?.job;
  if (ended?.state.kind === 'done' && ended.state.result.kind === 'restore') {
    const { outcome, notes } = ended.state.result.restore;
    daemon.overview.recovered.push(`${ended.title}: ${outcome}. ${notes.join(' ')}`.trim());
  } else if (ended?.state.kind === 'failed') {
    daemon.overview.recovered.push(`${ended.title} failed; see "kedge job log ${id}"`);
  }
}
