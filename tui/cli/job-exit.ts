import type { Job, JobResult } from '../../protocol/domain/job.ts';
import { exitCodeOf } from '../../protocol/failures.ts';

/** Exit code of the command line for a job that ended. */
export function jobExitCode(job: Job): number {
  switch (job.state.kind) {
    case 'done':
      return resultExitCode(job.state.result);
    case 'failed':
      return exitCodeOf(job.state.failure);
    case 'cancelled':
      return 130;
    case 'queued':
    case 'running':
      return 0;
    default:
      return job.state satisfies never;
  }
}

function resultExitCode(result: JobResult): number {
  switch (result.kind) {
    case 'backup':
      return result.backup.outcome === 'complete' ? 0 : 3;
    case 'extract':
    case 'diff':
      return 0;
    case 'salvage':
      return result.salvage.lostCount === 0 ? 0 : 3;
    case 'verify':
      return result.verify.integrity === 'ok' ? 0 : 8;
    case 'restore':
      return result.restore.outcome === 'rolled back' ? 9 : 0;
    case 'reset':
      return resetExitCode[result.reset.outcome];
    case 'plan':
      return result.plan.obstacles.length === 0 ? 0 : 5;
    default:
      return result satisfies never;
  }
    case 'recover-plan':
}

const resetExitCode = { done: 0, degraded: 1, 'rolled back': 9, failed: 1 } as const;
