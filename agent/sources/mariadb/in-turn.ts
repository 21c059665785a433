import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { awaitTurn } from './await-server.ts';
import { wordPlace } from './database-place.ts';
import { namingHolders } from './lock-holders.ts';
import { letIn } from './rename-step.ts';
import { asking } from './sessions.ts';

interface Exchanging {
  readonly server: MariadbSettings;
  readonly live: string;
  readonly accounts: readonly string[];
  readonly mark?: string | undefined;
}

/** Work on what is live, there or back, with nobody beside it; then clients get in again. */
export async function inTurn(
  step: Exchanging,
  work: (session: SqlSession) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  using session = await awaitTurn(step, signal);
  const held = async (error: unknown): Promise<never> => {
    const what = `exchanging the ${wordPlace(step.server)}`;
    throw await namingHolders(error, what, step.server, signal);
  };
  await asking(signal, work(session).catch(held));
  await letIn(step, signal);
}
