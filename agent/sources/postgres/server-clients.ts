import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import { openPostgres } from '../../databases/postgres/postgres-server.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';

/** Who is connected and will be shut out; of a server that does not answer nobody is. */
export async function findServerClients(
  source: string,
  server: PostgresSettings,
  signal: AbortSignal,
): Promise<RestorePlan['clients']> {
  const { clients } = await openPostgres(server)
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
