import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import type { Job } from '../../../protocol/domain/job.ts';
import type { RunOutcome } from '../../../protocol/domain/schedule.ts';
import { wordFailure } from '../../../protocol/failures.ts';
import { JobOrder } from '../../jobs/job-order.ts';
import type { JobRecord } from '../../state/job-records.ts';

/** What a job is in a calendar; undefined: nothing that anybody looks for there. */
export function entryOfJob({ job, order: raw }: JobRecord): CalendarEntry | undefined {
  const order = JobOrder.safeParse(raw).data;
  const what = order === undefined ? undefined : kindOfEntry(job, order);
  if (what === undefined) return undefined;
  // Its turn comes again.
  if (job.state.kind === 'cancelled' && job.state.gaveWayTo !== undefined) return undefined;
  const note = noteOf(job);
  return {
    atMs: job.startedAtMs ?? job.createdAtMs,
    what,
    ...(job.schedule === undefined ? {} : { schedule: job.schedule }),
    ...(order?.kind === 'backup' ? { kind: kindOfBackup(job, order) } : {}),
    outcome: outcomeOfJob(job),
    job: job.id,
    ...backupOf(job, order),
    ...(note === undefined ? {} : { note }),
  };
}

/** Safety backups and the verify after each backup belong to what they were made for. */
function kindOfEntry(job: Job, order: JobOrder): CalendarEntry['what'] | undefined {
  if (order.kind === 'verify') return order.rota === undefined ? undefined : 'verify';
  if (order.kind === 'drill') return 'drill';
  if (order.kind !== 'backup') return undefined;
  if (order.origin === 'checkpoint') return 'checkpoint';
  return job.schedule === undefined ? 'manual' : 'run';
}

/** What was taken, and as long as that is not known what was asked for. */
function kindOfBackup(
  { state }: Job,
  { differential }: Extract<JobOrder, { kind: 'backup' }>,
): CalendarEntry['kind'] {
  if (state.kind === 'done' && state.result.kind === 'backup') return state.result.backup.kind;
  return differential !== undefined && 'base' in differential ? 'differential' : 'full';
}

function backupOf({ state }: Job, order: JobOrder | undefined): { backup?: string } {
  if (state.kind === 'done' && state.result.kind === 'backup') {
    return { backup: state.result.backup.id };
  }
  if (order?.kind === 'drill') return { backup: order.backup.id };
  return order?.kind === 'verify' && order.backup !== undefined ? { backup: order.backup } : {};
}

function outcomeOfJob({ state }: Job): RunOutcome {
  switch (state.kind) {
    case 'queued':
      return 'waiting';
    case 'running':
    case 'failed':
    case 'cancelled':
      return state.kind;
    case 'done':
      if (state.result.kind === 'backup') return state.result.backup.outcome;
      if (state.result.kind === 'verify')
        return state.result.verify.integrity === 'ok' ? 'complete' : 'failed';
      return state.result.kind === 'drill' && state.result.drill.outcome === 'failed'
        ? 'failed'
        : 'complete';
    default:
      return state satisfies never;
  }
}

function noteOf({ state }: Job): string | undefined {
  if (state.kind === 'failed') return wordFailure(state.failure).message;
  if (state.kind !== 'done') return undefined;
  if (state.result.kind === 'backup') return state.result.note;
  if (state.result.kind === 'verify') return state.result.verify.integrityProblem;
  return state.result.kind === 'drill' ? state.result.drill.problems[0] : undefined;
}
