import { basename } from 'node:path';
import type { RestoreResult } from '../../protocol/domain/restore.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { Work } from '../os/work.ts';
import { recoverJournal } from '../restore/recover.ts';
import type { RestoreContext } from '../restore/restore-context.ts';
import type { JobOrder } from './job-order.ts';

/** One whose server does not answer says what will happen, and what a person can do. */
export async function performRecovery(
  { journal, givesUp }: Extract<JobOrder, { kind: 'recovery' }>,
  context: RestoreContext,
  work: Work,
): Promise<RestoreResult> {
  try {
    return await recoverJournal(journal, context, work, { givesUp });
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code !== 'database-unreachable') throw error;
    const job = basename(journal, '.jsonl');
    throw new KedgeError(
      'recovery-waits',
      { job, why: wordFailure(failure).message },
      { cause: error },
    );
  }
}
