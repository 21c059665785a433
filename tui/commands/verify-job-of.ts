import { KedgeError } from '../../protocol/failures.ts';
import { waitFor } from '../store/wait-for.ts';
import type { CommandContext } from './command.ts';

const beginTimeoutMs = 20_000;

/** The job that verifies a backup right after the job that took it. */
export async function verifyJobOf(
  context: CommandContext,
  backup: string,
  backupJob: number,
): Promise<number> {
  const patience = AbortSignal.timeout(beginTimeoutMs);
  const command = `kedge backup verify ${backup.slice(0, 8)}`;
  const verifyJob = waitFor(
    context.store,
    ({ snapshot }) =>
      snapshot?.jobs.find(
        (job) => job.kind === 'verify' && job.id > backupJob && job.command === command,
      )?.id,
    AbortSignal.any([context.signal, patience]),
  );
  return await verifyJob.catch((error: unknown) => {
    if (!patience.aborted || context.signal.aborted) throw error;
    const what = `the verification of the backup of job ${backupJob}`;
    throw new KedgeError('timed-out', { what, seconds: beginTimeoutMs / 1000 });
  });
}
