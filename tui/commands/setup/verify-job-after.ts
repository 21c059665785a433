import { KedgeError } from '../../../protocol/failures.ts';
import { waitFor } from '../../store/wait-for.ts';
import type { CommandContext } from '../command.ts';

const beginTimeoutMs = 20_000;

/** Every backup is verified by a job of its own right after it is sealed: this is its number. */
export async function verifyJobAfter(context: CommandContext, backupJob: number): Promise<number> {
  const patience = AbortSignal.timeout(beginTimeoutMs);
  const verifyJob = waitFor(
    context.store,
    ({ snapshot }) => snapshot?.jobs.find((job) => job.kind === 'verify' && job.id > backupJob)?.id,
    AbortSignal.any([context.signal, patience]),
  );
  return await verifyJob.catch((error: unknown) => {
    if (!patience.aborted || context.signal.aborted) throw error;
    const what = `the verification of the backup of job ${backupJob}`;
    throw new KedgeError('timed-out', { what, seconds: beginTimeoutMs / 1000 });
  });
}
