import { setTimeout as wait } from 'node:timers/promises';
import { literal } from '../../databases/mariadb/quote.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { wordPlace } from './database-place.ts';
import { heldFailure } from './lock-holders.ts';
import { lockWithinS, openSession } from './sessions.ts';

export interface LockPace {
  readonly everyMs: number;
  /** So long a table may be waited for. */
  readonly withinMs: number;
}

const usualPace: LockPace = { everyMs: 5000, withinMs: lockWithinS * 1000 };

/**
 * A program of MariaDB waits for a table that somebody has locked as long as the server lets it, by itself a day. So
 * while it says nothing the server is asked whether it waits; in the end that is the answer, with who it is.
 * `work` tells by `heard` that it goes on.
 */
export async function whileUnlocked<T>(
  server: MariadbSettings,
  work: (until: AbortSignal, heard: () => void) => Promise<T>,
  signal: AbortSignal,
  { everyMs, withinMs }: LockPace = usualPace,
): Promise<T> {
  const [over, held] = [new AbortController(), new AbortController()];
  let heardAt = performance.now();
  const heard = (): void => {
    heardAt = performance.now();
  };
  const watch = async (): Promise<void> => {
    for (;;) {
      await wait(everyMs, undefined, { signal: over.signal });
      if (performance.now() - heardAt < withinMs) continue;
      if (await isWaiting(server, withinMs, over.signal)) break;
    }
    held.abort(await heldFailure(`dumping the ${wordPlace(server)}`, server, over.signal));
  };
  // Where the server does not answer that is told by whoever works with it.
  const watching = watch().catch(() => undefined);
  try {
    return await work(AbortSignal.any([signal, held.signal]), heard);
  } finally {
    over.abort();
    await watching;
  }
}

/** Of the user that it has too; what it runs is not asked for. */
async function isWaiting(
  server: MariadbSettings,
  withinMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  using session = await openSession(server, signal);
  const seconds = Math.floor(withinMs / 1000);
  const rows = await session.query(
    `SELECT 1 FROM information_schema.processlist
     WHERE db = ${literal(server.name)} AND user = SUBSTRING_INDEX(USER(), '@', 1)
       AND state LIKE 'Waiting for table%' AND time >= ${seconds}`,
    signal,
  );
  return rows.length > 0;
}
