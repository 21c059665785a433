import type { ResetAnswer } from '../../protocol/domain/reset.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { steadyNow } from '../os/steady-clock.ts';
import type { Health } from './health.ts';
import type { AskAboutStop, LateStop } from './late-stop.ts';
import { limitsOf } from './service-limits.ts';
import type { ServiceWatch } from './watch-service.ts';

/** From SIGKILL to gone; longer only where the kernel itself is stuck in I/O. */
const killMs = 5000;
/** One look could fall between two runs of something that brings it back. */
const looksDown = 2;

/** Where nobody is there to be asked. */
const askNobody: AskAboutStop = async () => 'abort';

/**
 * Asks it to end and waits until it is down and stays down. Where that takes too long: as its settings say,
 * it is killed, asked about, or given up.
 */
export async function stopService(
  id: string,
  watch: ServiceWatch,
  signal: AbortSignal,
  ask: AskAboutStop = askNobody,
): Promise<void> {
  const beganMs = steadyNow();
  watch.stopping = true;
  try {
    await watch.managed.requestStop(signal);
    // A probe of a hung one may be under way for seconds.
    watch.wake();
    if (await comesDown(id, watch, limitsOf(watch.settings).stopMs, signal)) return;
    const begun = { id, watch, beganMs, ask };
    if (await escalate(begun, signal)) return;
  } finally {
    watch.stopping = false;
  }
  const { seconds, pid = '?' } = lateStop(id, watch, beganMs);
  throw new KedgeError('service-stop-failed', { service: id, seconds, pid });
}

interface Begun {
  readonly id: string;
  readonly watch: ServiceWatch;
  readonly beganMs: number;
  readonly ask: AskAboutStop;
}

/** True: it is down after all. */
async function escalate(begun: Begun, signal: AbortSignal): Promise<boolean> {
  const { id, watch } = begun;
  const { onStopTimeout, stopMs } = limitsOf(watch.settings);
  if (onStopTimeout === 'abort') return false;
  if (onStopTimeout === 'kill') return await killed(id, watch, signal);
  for (;;) {
    const answer = await answerOrDown(begun, signal);
    switch (answer) {
      case 'down':
        return true;
      case 'abort':
        return false;
      case 'kill':
        if (await killed(id, watch, signal)) return true;
        break;
      case 'wait':
        if (await comesDown(id, watch, stopMs, signal)) return true;
        break;
      default:
        answer satisfies never;
    }
  }
}

async function answerOrDown(
  { id, watch, beganMs, ask }: Begun,
  signal: AbortSignal,
): Promise<ResetAnswer | 'down'> {
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const down = async (): Promise<'down'> => {
    refuseCameBack(id, await watch.awaits(endOfStop, until, signal));
    return 'down';
  };
  try {
    return await Promise.race([ask(lateStop(id, watch, beganMs), until), down()]);
  } finally {
    over.abort();
  }
}

function lateStop(service: string, watch: ServiceWatch, beganMs: number): LateStop {
  const { status } = watch.health;
  const isDatabase = watch.settings.role === 'database';
  const canKill = watch.managed.canKill !== false;
  const wholeSeconds = Math.floor((steadyNow() - beganMs) / 1000);
  return {
    service,
    seconds: Math.max(limitsOf(watch.settings).stopMs / 1000, wholeSeconds),
    ...('pid' in status && status.pid !== undefined ? { pid: status.pid } : {}),
    answers: canKill ? ['wait', 'kill', 'abort'] : ['wait', 'abort'],
    ...(canKill && isDatabase ? { confirmKill: service } : {}),
  };
}

async function killed(id: string, watch: ServiceWatch, signal: AbortSignal): Promise<boolean> {
  await watch.managed.kill(signal);
  return await comesDown(id, watch, killMs, signal);
}

async function comesDown(
  id: string,
  watch: ServiceWatch,
  withinMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const end = await watch.until(endOfStop, withinMs, signal);
  refuseCameBack(id, end);
  return end === 'down';
}

type EndOfStop = 'down' | { readonly startedBy: string };

function refuseCameBack(service: string, end: EndOfStop | undefined): void {
  if (typeof end !== 'object') return;
  throw new KedgeError('service-came-back', { service, by: end.startedBy });
}

function endOfStop({ status, down }: Health): EndOfStop | undefined {
  if (status.kind === 'running' && status.startedBy !== undefined)
    return { startedBy: status.startedBy };
  return status.kind === 'stopped' && down >= looksDown ? 'down' : undefined;
}
