import { setTimeout as delay } from 'node:timers/promises';
import { KedgeError } from '../../protocol/failures.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
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
  let lastLine = '';
  try {
    for (;;) {
      const look = delay(betweenLooksMs, undefined, { signal });
      const ended = await Promise.race([kedge.ended, look]);
      lastLine = kedge.newLines().at(-1) ?? lastLine;
      if (await listens(place.socket)) return;
      const late = Date.now() > deadlineMs;
      if (ended === undefined && !late) continue;
      const cause = late
        ? cliTexts.notReady(startTimeoutMs / 1000, kedge.logPath)
        : cliTexts.endedAtOnce(kedge.logPath, lastLine);
      kedge.stop();
      throw new KedgeError('kedge-unreachable', { socket: place.socket, cause });
    }
  } finally {
    kedge.release();
  }
}
