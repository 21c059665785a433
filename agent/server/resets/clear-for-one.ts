import { KedgeError } from '../../../protocol/failures.ts';
import type { WayClear } from '../../../protocol/methods/service.ts';
import type { Daemon } from '../daemon.ts';
import type { Asker } from '../door.ts';
import { demandForClear } from '../guest-jobs.ts';

/** One service that is to be started, stopped or restarted by somebody. */
export interface ServiceWish {
  readonly service: string;
  readonly doing: 'starting' | 'stopping' | 'restarting';
  readonly clear: WayClear | undefined;
}

/**
 * As for a reset: while a job is at work it is refused until somebody says what becomes of that one. No job that
 * writes starts before what is answered is disposed.
 */
export async function clearForOne(
  daemon: Daemon,
  asker: Asker,
  { service, doing, clear }: ServiceWish,
): Promise<Disposable> {
  const job = daemon.jobs.writing();
  if (job?.state.kind !== 'running') return await daemon.jobs.hold();
  const { step, cancellable } = job.state.progress;
  if (!cancellable) {
    const why = `job ${job.id} (${job.title}) is at work, at "${step}"`;
    throw new KedgeError('busy', { what: `${doing} ${service}`, why });
  }
  if (clear === undefined || (clear.job ?? job.id) !== job.id)
    throw new KedgeError('service-meets-job', { service, job: job.id, title: job.title, step });
  demandForClear(asker, clear, daemon.jobs);
  if (clear.by === 'cancel') daemon.jobs.cancel(job.id);
  daemon.log.write('info', `${doing} ${service} when job ${job.id} has ended`);
  return await daemon.jobs.hold();
}
