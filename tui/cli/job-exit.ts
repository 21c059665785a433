import type { DrillResult } from '../../protocol/domain/drill.ts';
import type { Job, JobResult } from '../../protocol/domain/job.ts';
import type { RestoreResult } from '../../protocol/domain/restore.ts';
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
    case 'undo-preview':
      return 0;
    case 'salvage':
      return result.salvage.lostCount === 0 ? 0 : 3;
    case 'verify':
      return result.verify.integrity === 'ok' ? 0 : 8;
    case 'copy':
      return result.copy.backups.some(({ outcome }) => outcome === 'left out') ? 3 : 0;
    case 'drill':
      return drillExitCode(result.drill);
    case 'restore':
      return restoreExitCode(result.restore);
    case 'reset':
      return resetExitCode[result.reset.outcome];
    case 'recover-plan':
    case 'plan':
      return result.plan.obstacles.length === 0 ? 0 : 5;
    default:
      return result satisfies never;
  }
}

/** What is in it is damaged, or the application does not start on it. */
function drillExitCode({ outcome, probe }: DrillResult): number {
  if (outcome === 'proven') return 0;
  return probe?.ready === false ? 1 : 8;
}

/** An application that came onto this machine and of which not all runs is a gap that has a name. */
function restoreExitCode({ outcome, services = [] }: RestoreResult): number {
  if (outcome === 'rolled back') return 9;
  // All of it is there, and nothing takes it back: so not 9.
  if (outcome === 'degraded') return 1;
  if (services.every(({ health }) => health === 'healthy')) return 0;
  return outcome === 'given up' ? 1 : 3;
}

const resetExitCode = { done: 0, degraded: 1, 'rolled back': 9, failed: 1 } as const;
