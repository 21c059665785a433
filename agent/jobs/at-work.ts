import type { Job } from '../../protocol/domain/job.ts';
import type { Running } from './running-job.ts';

/** The job as it is shown while it runs. */
export function atWork({ job, progress, resetSteps, question }: Running): Job {
  return {
    ...job,
    ...(resetSteps === undefined ? {} : { resetSteps }),
    ...(question === undefined ? {} : { resetQuestion: question.shown }),
    state: { kind: 'running', progress },
  };
}
