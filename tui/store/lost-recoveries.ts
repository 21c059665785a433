import type { Job } from '../../protocol/domain/job.ts';
import type { Snapshot } from '../../protocol/domain/snapshot.ts';

/** Of the newest recoveries, those whose server did not answer: by the job that they settle. */
export function lostRecoveries(snapshot: Snapshot | undefined): readonly Job[] {
  const recoveries = (snapshot?.jobs ?? [])
    .filter(({ kind }) => kind === 'recovery')
    .toSorted((a, b) => b.id - a.id);
  const end = recoveries.findIndex((job) => recoveryOf(job) === undefined);
  const waiting = end === -1 ? recoveries : recoveries.slice(0, end);
  return waiting.filter(
    (job, index) => waiting.findIndex((one) => recoveryOf(one) === recoveryOf(job)) === index,
  );
}

/** What was done since for that which a recovery waits for, or the job itself. */
export function newestAbout(job: Job, jobs: readonly Job[]): Job {
  const waitsFor = recoveryOf(job);
  if (waitsFor === undefined) return job;
  const about = jobs.filter(({ id, settles }) => settles === waitsFor && id > job.id);
  return about.toSorted((a, b) => b.id - a.id)[0] ?? job;
}

/** The job that it would settle, of one that waits for a server. */
export function recoveryOf({ state }: Job): number | undefined {
  if (state.kind !== 'failed' || state.failure.code !== 'recovery-waits') return undefined;
  return Number(state.failure.params['job']);
}
