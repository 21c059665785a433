import { KedgeError } from '../../../protocol/failures.ts';
import type { WayClear } from '../../../protocol/methods/service.ts';
import type { Jobs } from '../../jobs/jobs.ts';

/**
 * A reset never waits unknown: whoever presses it wants it now, or to be told. While a job is at work it is refused
 * until somebody says what becomes of that one, and always between guard and gate. True: it goes before all that waits.
 */
export function clearWay(
  jobs: Pick<Jobs, 'writing' | 'cancel'>,
  clear: WayClear | undefined,
): boolean {
  const job = jobs.writing();
  if (job?.state.kind !== 'running') return clear !== undefined;
  const { step, cancellable } = job.state.progress;
  // Another reset that starts services can't be cancelled either; waiting for that one harms nothing.
  if (!cancellable && job.kind !== 'reset')
    throw new KedgeError('reset-meets-exchange', { job: job.id, step });
  const meant = clear?.job ?? job.id;
  if (clear === undefined || meant !== job.id)
    throw new KedgeError('reset-meets-job', { job: job.id, title: job.title, step });
  if (clear.by === 'cancel') jobs.cancel(job.id);
  return true;
}
