import { KedgeError } from '../../protocol/failures.ts';
import type { Health } from './health.ts';
import { limitsOf } from './service-limits.ts';
import type { ServiceWatch } from './watch-service.ts';

/** Starts it unless it runs, and waits until it is proven; a run that stays ill is left for the admin to see. */
export async function startService(
  id: string,
  watch: ServiceWatch,
  signal: AbortSignal,
): Promise<void> {
  await watch.managed.requestStart(signal);
  const limits = limitsOf(watch.settings);
  const end = await watch.until(endOfStart, limits.startMs + limits.stableMs, signal);
  if (end === 'proven') return;
  throw new KedgeError('service-start-failed', { service: id, why: await reasonOf(watch) });
}

function endOfStart({ status, proven }: Health): 'proven' | 'down' | undefined {
  if (proven) return 'proven';
  return status.kind === 'failed' || status.kind === 'stopped' ? 'down' : undefined;
}

async function reasonOf(watch: ServiceWatch): Promise<string> {
  const { why, status } = watch.health;
  // The manager's word for a dead one has its last line already.
  if (status.kind !== 'running') return why;
  // A log that can't be read must not hide why it did not start.
  const lines = await watch.managed.logs(1).catch((): readonly string[] => []);
  const last = lines.at(-1) ?? '';
  return last.trim() === '' ? why : `${why}; its last log line: ${last.trim().slice(0, 200)}`;
}
