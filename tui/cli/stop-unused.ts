import { isFinished } from '../../protocol/domain/job.ts';
import { configGet } from '../../protocol/methods/config.ts';
import { kedgeStop } from '../../protocol/methods/setup.ts';
import { waitForEnd } from '../host/wait-for-process.ts';
import type { Session } from '../store/session.ts';

const stopTimeoutMs = 20_000;

/**
 * Ends a Kedge that this command has started and that protects nothing yet: nobody would know of it.
 * Answers whether it did. Where a configuration was written or a job is at work it stays.
 */
export async function stopUnused({ call, store }: Session): Promise<boolean> {
  const { connection, snapshot } = store.get();
  if (connection.kind !== 'open' || snapshot?.jobs.every(isFinished) !== true) return false;
  // Of its own: the command may have been left by Ctrl+C.
  const signal = AbortSignal.timeout(stopTimeoutMs);
  const { text } = await call(configGet, {}, signal);
  if (text.trim() !== '') return false;
  await call(kedgeStop, {}, signal);
  await waitForEnd([connection.session.pid], signal);
  return true;
}
