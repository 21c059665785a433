import type { ServiceClient } from '../../protocol/domain/service-client.ts';
import { openDatabase } from '../databases/open-database.ts';
import { isThisMachine } from '../databases/place-of.ts';
import { identifyProcess, isAlive } from '../os/process-identity.ts';
import { findServiceClients } from './service-clients.ts';
import type { ServiceSettings } from './settings.ts';

/** Who was connected to a database server when it was asked to stop. */
export interface ClientsBeforeStop {
  /** "PostgreSQL". */
  readonly product: string;
  /** Those that it still waits for. */
  remaining(): readonly ServiceClient[];
}

/** What a stop may be held up for by a server that hangs. */
const deadlineMs = 1000;

/**
 * Looked at before the stop, as a server that is stopping answers nobody. PostgreSQL has a process for each client, so
 * that of one on this machine it is seen who is still there; MariaDB ends its clients itself and waits for none.
 */
export async function clientsBeforeStop(
  id: string,
  settings: ServiceSettings,
  signal: AbortSignal,
): Promise<ClientsBeforeStop> {
  const { database } = settings;
  if (database?.engine !== 'postgres' || !isThisMachine(database.host))
    return { product: '', remaining: () => [] };
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
  const found = await findServiceClients(id, settings, [], inTime).catch(() => undefined);
  signal.throwIfAborted();
  const clients = (found?.clients ?? []).map((client) => ({
    client,
    process: client.pid === undefined ? undefined : identifyProcess(client.pid),
  }));
  return {
    product: openDatabase(database).product,
    remaining: () =>
      clients.flatMap(({ client, process }) =>
        process !== undefined && isAlive(process) ? [client] : [],
      ),
  };
}
