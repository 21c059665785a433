import type { Job } from '../../../protocol/domain/job.ts';
import type { Run } from '../../../protocol/domain/schedule.ts';
import type { RunRecord } from '../../state/runs.ts';

/** A run as clients see it. `job`: the one that takes it, where it has one. */
export function describeRun(record: RunRecord, job: Job | undefined): Run {
  const { slotMs, kind, outcome, tries, retryMs, note } = record;
  return {
    atMs: slotMs,
    kind,
    // It has its place in the queue, but nothing happens yet.
    outcome: outcome === 'running' && job?.state.kind === 'queued' ? 'waiting' : outcome,
    ...(record.job === undefined ? {} : { job: record.job }),
    ...(tries > 1 ? { tries } : {}),
    ...(retryMs === undefined ? {} : { retryMs }),
    ...(note === undefined ? {} : { note }),
  };
}

/** Of a time before runs were written down: what its job tells. */
export function runOfJob(job: Job): Run {
  return { atMs: job.createdAtMs, job: job.id, outcome: outcomeOf(job) };
}

function outcomeOf(job: Job): Run['outcome'] {
  switch (job.state.kind) {
    case 'queued':
      return 'waiting';
    case 'running':
    case 'failed':
    case 'cancelled':
      return job.state.kind;
    case 'done':
      return job.state.result.kind === 'backup' ? job.state.result.backup.outcome : 'complete';
    default:
      return job.state satisfies never;
  }
}
