import { userInfo } from 'node:os';
import { openSession, type Session } from '../store/session.ts';

/** Who calls the command line. */
export interface Caller {
  readonly env: NodeJS.ProcessEnv;
  /** False: a script or a timer, from which no answer is to be expected. */
  readonly stdinIsTty: boolean;
}

/** A session that is open, or the reason why it can't be. */
export async function openCliSession(
  socket: string,
  { env, stdinIsTty }: Caller,
  signal: AbortSignal,
): Promise<Session> {
  const session = openSession({
    socket,
    client: 'kedge command line',
    claimedUser: env['SUDO_USER'] ?? userInfo().username,
    unattended: !stdinIsTty,
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
