import { KedgeError } from '../../protocol/failures.ts';
import type { Health } from './health.ts';
import { limitsOf } from './service-limits.ts';
import type { ServiceWatch } from './watch-service.ts';

/** From SIGKILL to gone; longer only where the kernel itself is stuck in I/O. */
const killMs = 5000;
/** One look could fall between two runs of something that brings it back. */
const looksDown = 2;

/** Asks it to end and waits until it is down and stays down; kills it only where that is allowed. */
export async function stopService(
  id: string,
  watch: ServiceWatch,
  signal: AbortSignal,
): Promise<void> {
  const limits = limitsOf(watch.settings);
  watch.stopping = true;
  try {
    await watch.managed.requestStop(signal);
    // A probe of a hung one may be under way for seconds.
    watch.wake();
    if (await comesDown(id, watch, limits.stopMs, signal)) return;
    if (limits.allowKill) {
      await watch.managed.kill(signal);
      if (await comesDown(id, watch, killMs, signal)) return;
    }
  } finally {
    watch.stopping = false;
  }
  const { status } = watch.health;
  const pid = 'pid' in status ? (status.pid ?? '?') : '?';
  throw new KedgeError('service-stop-failed', { service: id, seconds: limits.stopMs / 1000, pid });
}

async function comesDown(
  service: string,
  watch: ServiceWatch,
  withinMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const end = await watch.until(endOfStop, withinMs, signal);
  if (end === undefined || end === 'down') return end === 'down';
  throw new KedgeError('service-came-back', { service, by: end.startedBy });
}

function endOfStop({ status, down }: Health): 'down' | { readonly startedBy: string } | undefined {
  if (status.kind === 'running' && status.startedBy !== undefined)
    return { startedBy: status.startedBy };
  return status.kind === 'stopped' && down >= looksDown ? 'down' : undefined;
}
