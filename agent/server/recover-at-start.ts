import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { isFinished } from '../../protocol/domain/job.ts';
import { JobOrder } from '../jobs/job-order.ts';
import { tryLock } from '../os/lock.ts';
import { identifyProcess, isAlive } from '../os/process-identity.ts';
import type { JobRecord } from '../state/job-records.ts';
import { cleanAfter } from './clean-after.ts';
import type { Daemon } from './daemon.ts';
import { submitRecoveries, submitResetResumes } from './recoveries.ts';

const Identity = z.object({ pid: z.number(), startTicks: z.string(), bootId: z.string() });

/** An orphan is asked to stop and given this long before it is killed. */
const orphanDeadlineMs = 10_000;

/** Jobs that a Kedge before this one left: stopped, cleaned, reported; restores are recovered by a job. */
export async function recoverAtStart(daemon: Daemon): Promise<void> {
  for (const record of daemon.state.jobs.unfinished()) await settleOrphan(daemon, record);
  const jobs = submitRecoveries(daemon);
  submitResetResumes(daemon);
  await Promise.all(jobs.map((id) => jobEnd(daemon, id)));
}

async function settleOrphan(daemon: Daemon, record: JobRecord): Promise<void> {
  const { job } = record;
  const identity = Identity.safeParse(record.process);
  if (identity.success) await stopOrphan(daemon, job.id, identity.data);
  const why = 'Kedge stopped while it ran';
  const failure = {
    code: 'interrupted',
    params: { kind: job.kind, step: 'unknown', why },
  } as const;
  daemon.state.jobs.finished(job.id, daemon.now(), { kind: 'failed', failure });
  const order = JobOrder.safeParse(record.order);
  if (order.success) await cleanAfter(daemon, job.id, order.data);
  const text = `${job.title} (job ${job.id}) was interrupted: ${why}`;
  daemon.log.write('warning', text);
  daemon.overview.recovered.push(text);
}

async function stopOrphan(
  daemon: Daemon,
  job: number,
  identity: z.infer<typeof Identity>,
): Promise<void> {
  const lockPath = join(daemon.places.state, 'locks', `job-${job}`);
  const deadline = AbortSignal.timeout(orphanDeadlineMs);
  if (isAlive(identity)) process.kill(identity.pid, 'SIGTERM');
  while (isAlive(identity) && !deadline.aborted) await nextLook();
  if (isAlive(identity)) process.kill(identity.pid, 'SIGKILL');
  while (identifyProcess(identity.pid) !== undefined && isAlive(identity)) await nextLook();
  // Whoever holds the lock is the job, whatever its pid says.
  using lock = tryLock(lockPath);
  if (lock === undefined)
    daemon.log.write('error', `job ${job} still holds its lock "${lockPath}"`);
}

/** The kernel tells nobody but the parent that a process ended: look again in a moment. */
async function nextLook(): Promise<void> {
  await once(AbortSignal.timeout(50), 'abort');
}

async function jobEnd(daemon: Daemon, id: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  using _listening = daemon.broadcast.subscribe(({ change }) => {
    if (change.topic === 'job' && change.job.id === id && isFinished(change.job)) resolve();
  });
  const job = daemon.state.jobs.get(id)?.job;
  if (job === undefined || isFinished(job)) resolve();
  await promise;
  const ended = daemon.state.jobs.get(id)?.job;
  if (ended?.state.kind === 'done' && ended.state.result.kind === 'restore') {
    const { outcome, notes } = ended.state.result.restore;
    daemon.overview.recovered.push(`${ended.title}: ${outcome}. ${notes.join(' ')}`.trim());
  } else if (ended?.state.kind === 'failed') {
    daemon.overview.recovered.push(`${ended.title} failed; see "kedge job log ${id}"`);
  }
}
