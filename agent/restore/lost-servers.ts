import { setTimeout as wait } from 'node:timers/promises';
import type { LeftInServer } from '../../protocol/domain/restore.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { openDatabase } from '../databases/open-database.ts';
import type { DatabaseSettings } from '../databases/settings.ts';
import type { ExchangeItem } from '../sources/restore-kind.ts';
import { exchangers } from '../sources/restore-kinds.ts';
import type { SwapStep } from '../sources/swap-step.ts';
import type { RestoreState } from './restore-state.ts';
import { isGivenUp, serverKey } from './server-data.ts';

/** A server of a run. */
interface AskedServer {
  readonly key: string;
  /** Of its databases that are exchanged, what tells each from all others. */
  readonly databases: readonly string[];
  /** Why it gives no answer; absent: it gives one, if only to refuse. */
  readonly why?: string;
}

/** One that takes a connection and says nothing gives no answer. */
const answerWithinMs = 10_000;

/** Those that are not given up yet; nothing is changed in them. */
export async function askServers(
  state: RestoreState,
  signal: AbortSignal,
): Promise<readonly AskedServer[]> {
  const items = itemsOf(state).filter((item) => !isGivenUp(state, item));
  const servers = new Map<string, DatabaseSettings>();
  for (const { server } of items) if (server) servers.set(serverKey(server), server);
  return await Promise.all(
    [...servers].map(async ([key, settings]) => {
      const mine = items.filter(({ server }) => server && serverKey(server) === key);
      const databases = [...new Set(mine.map(({ live }) => live))];
      const why = await silenceOf(settings, signal);
      return { key, databases, ...(why === undefined ? {} : { why }) };
    }),
  );
}

/** As long as a recovery waits for a server that may be on its way up. */
const upWithinMs = 30_000;
const lookMs = 500;

/** The same of servers that may be on their way up. */
export async function askPatiently(
  state: RestoreState,
  signal: AbortSignal,
  withinMs = upWithinMs,
): Promise<readonly AskedServer[]> {
  const from = performance.now();
  for (;;) {
    const asked = await askServers(state, signal);
    const answersAll = asked.every(({ why }) => why === undefined);
    if (answersAll || performance.now() - from > withinMs) return asked;
    await wait(lookMs, undefined, { signal });
  }
}

/** Undefined: it answers. */
async function silenceOf(
  settings: DatabaseSettings,
  signal: AbortSignal,
): Promise<string | undefined> {
  const deadline = AbortSignal.timeout(answerWithinMs);
  try {
    await openDatabase(settings).ping(AbortSignal.any([signal, deadline]));
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) return `it gave no answer within ${answerWithinMs / 1000} s`;
    const failure = failureOf(error);
    return failure.code === 'database-unreachable' ? wordFailure(failure).message : undefined;
  }
}

/** What stays in these servers if nobody looks after it any more. */
export function leftIn(state: RestoreState, servers: readonly string[]): readonly LeftInServer[] {
  const { begin, swaps } = state;
  return begin.sources.flatMap(({ engine, items }) =>
    items.flatMap((item) => {
      const { server } = item;
      if (server === undefined || !servers.includes(serverKey(server))) return [];
      const step = swaps.find((swap) => isOf(swap.step, item))?.step;
      const left = exchangers[engine]?.leaves?.(item, { step, isUndo: begin.what === 'undo' });
      return left === undefined ? [] : [{ of: item.live, ...left }];
    }),
  );
}

/** What a step keeps has a name that nothing else has. */
function isOf(step: SwapStep, { outgoing }: ExchangeItem): boolean {
  return 'outgoing' in step && step.outgoing === outgoing;
}

function itemsOf({ begin }: RestoreState): readonly ExchangeItem[] {
  return begin.sources.flatMap(({ items }) => items);
}
