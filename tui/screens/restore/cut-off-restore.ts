import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import type { Snapshot } from '../../../protocol/domain/snapshot.ts';
import { lostRecoveries, recoveryOf } from '../../store/lost-recoveries.ts';

/** The recovery of a restore that was cut off, while it is not settled: `waitsFor` is the job that it would settle. */
export interface CutOff {
  readonly job: Job;
  /** Absent: it is at work, or about to be. */
  readonly waitsFor?: number;
}

export function cutOffRestore(snapshot: Snapshot): CutOff | undefined {
  const atWork = snapshot.jobs.find((job) => job.kind === 'recovery' && !isFinished(job));
  if (atWork !== undefined) return { job: atWork };
  const [job] = lostRecoveries(snapshot);
  const waitsFor = job && recoveryOf(job);
  return job === undefined || waitsFor === undefined ? undefined : { job, waitsFor };
}
