import { ResetAnswer } from '../../protocol/domain/reset.ts';
import type { ServiceClient } from '../../protocol/domain/service-client.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { wordClient } from '../databases/word-clients.ts';
import { steadyNow } from '../os/steady-clock.ts';
import { type ClientsBeforeStop, clientsBeforeStop } from './clients-before-stop.ts';
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
  const connected = await clientsBeforeStop(id, watch.settings, signal);
  const beganMs = steadyNow();
  watch.stopping = true;
  try {
    await watch.managed.requestStop(signal);
    // A probe of a hung one may be under way for seconds.
    watch.wake();
    if (await comesDown(id, watch, limitsOf(watch.settings).stopMs, signal)) return;
    const begun = { id, watch, beganMs, ask, connected };
    if (await escalate(begun, signal)) return;
  } finally {
    watch.stopping = false;
  }
  const { seconds, pid = '?' } = lateStop({ id, watch, beganMs });
  const clients = connected.remaining();
  if (clients.length === 0)
    throw new KedgeError('service-stop-failed', { service: id, seconds, pid });
  const { product } = connected;
  const who = clients.map(wordClient).join('; ');
  const count = clients.length;
  throw new KedgeError('service-stop-waits', { service: id, seconds, product, count, who });
}

interface Stop {
  readonly id: string;
  readonly watch: ServiceWatch;
  readonly beganMs: number;
}

interface Begun extends Stop {
  readonly ask: AskAboutStop;
  readonly connected: ClientsBeforeStop;
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
      case 'disconnect':
        await watch.managed.interrupt?.(signal);
        if (await comesDown(id, watch, stopMs, signal)) return true;
        break;
      case 'wait':
        if (await comesDown(id, watch, stopMs, signal)) return true;
        break;
      default:
        answer satisfies never;
    }
  }
}

async function answerOrDown(begun: Begun, signal: AbortSignal): Promise<ResetAnswer | 'down'> {
  const { id, watch, ask, connected } = begun;
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal]);
  const late = lateStop(begun, connected.remaining());
  const down = async (): Promise<'down'> => {
    refuseCameBack(id, await watch.awaits(endOfStop, until, signal));
    return 'down';
  };
  try {
    return await Promise.race([ask(late, until), down()]);
  } finally {
    over.abort();
  }
}

function lateStop({ id, watch, beganMs }: Stop, clients: readonly ServiceClient[] = []): LateStop {
  const { status } = watch.health;
  const isDatabase = watch.settings.role === 'database';
  const canKill = watch.managed.canKill !== false;
  const wholeSeconds = Math.floor((steadyNow() - beganMs) / 1000);
  return {
    service: id,
    seconds: Math.max(limitsOf(watch.settings).stopMs / 1000, wholeSeconds),
    ...('pid' in status && status.pid !== undefined ? { pid: status.pid } : {}),
    answers: answersTo(watch, clients),
    ...(clients.length === 0 ? {} : { clients }),
    ...(canKill && isDatabase ? { confirmKill: id } : {}),
  };
}

function answersTo({ managed }: ServiceWatch, clients: readonly ServiceClient[]) {
  const disconnect = clients.length > 0 && managed.interrupt !== undefined;
  return ResetAnswer.options.filter((answer) => {
    if (answer === 'disconnect') return disconnect;
    return answer !== 'kill' || managed.canKill !== false;
  });
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
