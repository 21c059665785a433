import { setTimeout as delay } from 'node:timers/promises';
import { KedgeError } from '../../protocol/failures.ts';
import { notStarted } from '../host/not-started.ts';
import type { Place } from '../host/places.ts';
import { type StartedKedge, startKedge } from '../host/start-kedge.ts';
import type { Session } from '../store/session.ts';
import { openCliSession } from './open-cli-session.ts';

export interface EnsureOptions {
  readonly place: Place;
  /** For KEDGE_HOME of the daemon; undefined: as the environment has it. */
  readonly home?: string | undefined;
  /** Further words after "kedge daemon". */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
  /** Another launcher than this installation's. */
  readonly program?: string | undefined;
  /** Lines that the daemon writes until it answers. */
  readonly onLine: (line: string) => void;
}

export interface EnsuredKedge {
  readonly session: Session;
  /** False: it ran before. */
  readonly started: boolean;
}

/** Connects to the Kedge of a place, which is started first when nobody answers there. */
export async function ensureKedge(
  options: EnsureOptions,
  signal: AbortSignal,
): Promise<EnsuredKedge> {
  const running = await tryToOpen(options, signal);
  if (running !== undefined) return { session: running, started: false };
  const kedge = startKedge(options);
  try {
    return { session: await waitUntilOpen(kedge, options, signal), started: true };
  } catch (error) {
    kedge.stop();
    throw error;
  } finally {
    kedge.release();
  }
}

async function tryToOpen(
  { place, env }: EnsureOptions,
  signal: AbortSignal,
): Promise<Session | undefined> {
  try {
    return await openCliSession(
      { socket: place.socket },
      { env, stdinIsTty: process.stdin.isTTY === true },
      signal,
    );
  } catch (error) {
    const unreachable = error instanceof KedgeError && error.failure.code === 'kedge-unreachable';
    if (unreachable && !signal.aborted) return undefined;
    throw error;
  }
}

const betweenAttemptsMs = 50;

async function waitUntilOpen(
  kedge: StartedKedge,
  options: EnsureOptions,
  signal: AbortSignal,
): Promise<Session> {
  const deadlineMs = Date.now() + options.timeoutMs;
  for (;;) {
    const ended = await Promise.race([
      kedge.ended,
      delay(betweenAttemptsMs, undefined, { signal }),
    ]);
    for (const line of kedge.newLines()) options.onLine(line);
    if (ended !== undefined) throw notStarted(kedge, ended, options.timeoutMs);
    const session = await tryToOpen(options, signal);
    if (session !== undefined) return session;
    if (Date.now() > deadlineMs) throw notStarted(kedge, undefined, options.timeoutMs);
  }
}
