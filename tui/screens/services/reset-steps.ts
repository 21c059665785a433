import type { Job } from '../../../protocol/domain/job.ts';
import type { ResetStep } from '../../../protocol/domain/service.ts';

/**
 * The steps of a reset as they stand: from the report when it is over, else from the plan and the
 * step that the job is at.
 */
export function resetSteps(
  planned: readonly ResetStep[],
  job: Job | undefined,
): readonly ResetStep[] {
  if (job?.state.kind === 'done' && job.state.result.kind === 'reset') {
    return job.state.result.reset.steps;
  }
  if (job?.state.kind !== 'running') return planned;
  const { step } = job.state.progress;
  const at = planned.findIndex((one) => step === `${gerund(one)} ${one.service}`);
  if (at < 0) return planned;
  return planned.map((one, index) => ({
    ...one,
    state: index < at ? 'done' : index === at ? 'running' : 'waiting',
  }));
}

/** "stopping" or "starting": the words in which the job names its step. */
export function gerund({ action }: Pick<ResetStep, 'action'>): string {
  return action === 'stop' ? 'stopping' : 'starting';
}
