import { ownName } from '../host/own-name.ts';
import { ownTerminal } from '../host/own-terminal.ts';
import { openSession, type Session } from '../store/session.ts';
import type { Reach } from './reach.ts';

/** Who calls the command line. */
export interface Caller {
  readonly env: NodeJS.ProcessEnv;
  /** False: a script or a timer, from which no answer is to be expected. */
  readonly stdinIsTty: boolean;
}

/** A session that is open, or the reason why it can't be. */
export async function openCliSession(
  reach: Reach,
  { env, stdinIsTty }: Caller,
  signal: AbortSignal,
): Promise<Session> {
  const session = openSession({
    socket: reach.socket,
    dial: reach.dial,
    server: reach.server,
    client: 'kedge command line',
    claimedUser: ownName(env),
    unattended: !stdinIsTty,
    tty: ownTerminal(),
    reconnect: 'after-open',
  });
  try {
    await session.client.opened(signal);
    return session;
  } catch (error) {
    await session[Symbol.asyncDispose]();
    throw error;
  }
}
