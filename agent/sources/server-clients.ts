import type { RestorePlan } from '../../protocol/domain/restore.ts';
import { openDatabase } from '../databases/open-database.ts';
import type { DatabaseSettings } from '../databases/settings.ts';

/** Who is connected and will be shut out; of a server that does not answer nobody is. */
export async function findServerClients(
  source: string,
  server: DatabaseSettings,
  signal: AbortSignal,
): Promise<RestorePlan['clients']> {
  const { clients } = await openDatabase(server)
    .clients(signal)
    .catch(() => ({ clients: [] }));
  return clients.map(({ pid, program = 'a client', user, sinceMs }) => ({
    source,
    pid,
    program,
    ...(user === undefined ? {} : { user }),
    ...(sinceMs === undefined ? {} : { sinceMs }),
  }));
}
