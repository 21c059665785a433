import { setTimeout as wait } from 'node:timers/promises';
import { KedgeError } from '../../protocol/failures.ts';
import type { DatabaseClient } from './database-server.ts';
import { wordClient } from './word-clients.ts';

/** From being told to gone a connection takes milliseconds, unless it is rolling back a large change. */
const deadlineMs = 5000;
const lookMs = 50;

/** Ends connections again and again until none is left; answers how many there were at first. */
export async function untilNone(
  order: {
    readonly product: string;
    readonly database: string;
    readonly end: () => Promise<number>;
    readonly left: () => Promise<readonly DatabaseClient[]>;
  },
  signal: AbortSignal,
): Promise<number> {
  const { end, left } = order;
  const ended = await end();
  const from = performance.now();
  for (let idle = 0; idle < 2; await wait(lookMs, undefined, { signal })) {
    const clients = await left();
    if (clients.length === 0) return ended;
    if (performance.now() - from > deadlineMs) break;
    // Twice nobody to be told, and yet somebody there: these Kedge may not end.
    idle = (await end()) === 0 ? idle + 1 : 0;
  }
  throw stay(order, await left());
}

function stay(
  { product, database }: { readonly product: string; readonly database: string },
  clients: readonly DatabaseClient[],
): KedgeError {
  const who = clients.map(wordClient).join('; ');
  return new KedgeError('database-clients-stay', { product, database, left: clients.length, who });
}
