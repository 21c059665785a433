import { failureOf } from '../../protocol/failures.ts';
import type { CopyDesk } from '../backup/copies/copy-order.ts';
import type { FromJob } from './job-messages.ts';
import type { JobProcess } from './job-process.ts';

type Told = Extract<FromJob, { kind: 'copied' | 'let-go' }>;

/** Lists what a job copied, or takes away what it moved, and says so. */
export async function answerCopy(
  told: Told,
  desk: CopyDesk,
  process: JobProcess | undefined,
): Promise<void> {
  const { id } = told;
  try {
    const why = await act(told, desk);
    process?.send({ kind: 'copy-answer', id, ...(why === undefined ? {} : { why }) });
  } catch (error) {
    process?.send({ kind: 'copy-answer', id, failure: failureOf(error) });
  }
}

async function act(told: Told, desk: CopyDesk): Promise<string | undefined> {
  if (told.kind === 'let-go') return await desk.letGo(told.backup, told.near, told.far);
  await desk.copied(told.made);
  return undefined;
}
