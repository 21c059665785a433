import { userInfo } from 'node:os';
import { openSession, type Session } from '../store/session.ts';

/** A session that is open, or the reason why it can't be. */
export async function openCliSession(
  socket: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<Session> {
  const session = openSession({
    socket,
    client: 'kedge command line',
    claimedUser: env['SUDO_USER'] ?? userInfo().username,
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
