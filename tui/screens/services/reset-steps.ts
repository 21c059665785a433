import type { Job } from '../../../protocol/domain/job.ts';
import type { ResetStep } from '../../../protocol/domain/service.ts';

/** The steps of a reset as they stand: of the report when it is over, of the job while it is at work, else as planned. */
export function resetSteps(
  planned: readonly ResetStep[],
  job: Job | undefined,
): readonly ResetStep[] {
  if (job?.state.kind === 'done' && job.state.result.kind === 'reset') {
    return job.state.result.reset.steps;
  }
  const told = job?.resetSteps ?? [];
  return withComing(told, planned);
}

/** A reset tells of its starts only once it comes to them: until then they are to do as planned. */
function withComing(
  told: readonly ResetStep[],
  planned: readonly ResetStep[],
): readonly ResetStep[] {
  if (told.length === 0) return planned;
  const actions = new Set(told.map(({ action }) => action));
  const failed = told.some(({ state }) => state === 'failed');
  return failed ? told : [...told, ...planned.filter(({ action }) => !actions.has(action))];
}

/** For how long the step at work is under way, ms: what the reset runs for without what is done. */
export function stepElapsedMs(steps: readonly ResetStep[], job: Job, nowMs: number): number {
  const done = steps.reduce((sum, { ms = 0 }) => sum + ms, 0);
  return Math.max(0, nowMs - (job.startedAtMs ?? nowMs) - done);
}
