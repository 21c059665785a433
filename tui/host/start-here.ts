import { setTimeout as delay } from 'node:timers/promises';
import { notStarted } from './not-started.ts';
import { listens, type Place } from './places.ts';
import { startKedge } from './start-kedge.ts';

const startTimeoutMs = 20_000;
const betweenLooksMs = 50;

/** Starts this user's Kedge, which outlives this program, and waits until it listens. */
export async function startHere(
  place: Place,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  const kedge = startKedge({ place, args: [], env });
  const deadlineMs = Date.now() + startTimeoutMs;
  try {
    for (;;) {
      const look = delay(betweenLooksMs, undefined, { signal });
      const ended = await Promise.race([kedge.ended, look]);
      kedge.newLines();
      if (await listens(place.socket)) return;
      if (ended === undefined && Date.now() <= deadlineMs) continue;
      kedge.stop();
      throw notStarted(kedge, ended, startTimeoutMs);
    }
  } finally {
    kedge.release();
  }
}
