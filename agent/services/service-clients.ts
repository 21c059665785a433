import type { ResetProblem } from '../../protocol/domain/reset.ts';
import type { ServiceClient } from '../../protocol/domain/service-client.ts';
import { failureOf, KedgeError } from '../../protocol/failures.ts';
import { openDatabase } from '../databases/open-database.ts';
import type { DatabaseSettings } from '../databases/settings.ts';
import { type FileClient, findFileClients } from '../os/open-files.ts';
import type { ServiceSettings } from './settings.ts';

export interface ServiceClients {
  readonly clients: readonly ServiceClient[];
  /** Why not all are seen, and what would let Kedge see them. */
  readonly problems: readonly ResetProblem[];
}

/** A server that hangs must not hold up what is shown before it is reset. */
const deadlineMs = 2000;

/**
 * Who is connected to a service: to its database server, or by having one of `files` open. What can't be asked is
 * told as a problem that only warns.
 */
export async function findServiceClients(
  service: string,
  { database }: ServiceSettings,
  files: readonly string[],
  signal: AbortSignal,
): Promise<ServiceClients> {
  const [asked, seen] = await Promise.all([
    database === undefined ? nobody : askServer(service, database, signal),
    findFileClients(files.flatMap((path) => [path, `${path}-wal`, `${path}-shm`])),
  ]);
  const owners = seen.map((each) => clientOf(service, each));
  return { clients: [...asked.clients, ...owners], problems: asked.problems };
}

const nobody: ServiceClients = { clients: [], problems: [] };

async function askServer(
  service: string,
  database: DatabaseSettings,
  signal: AbortSignal,
): Promise<ServiceClients> {
  const server = openDatabase(database);
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const { clients, unseen } = await server.clients(AbortSignal.any([signal, deadline]));
    const named = clients.map((client) => ({ service, ...client }));
    if (unseen === undefined) return { clients: named, problems: [] };
    const { product } = server;
    const params = {
      product,
      user: database.user,
      what: 'see who else is connected',
      grant: unseen,
    };
    return {
      clients: named,
      problems: [warning(service, new KedgeError('database-denied', params))],
    };
  } catch (error) {
    signal.throwIfAborted();
    const what = `${server.product} asked for its clients`;
    const late = new KedgeError('timed-out', { what, seconds: deadlineMs / 1000 });
    const reason = deadline.aborted ? late : error;
    // To one that is down nobody is connected.
    if (failureOf(reason).code === 'database-unreachable') return nobody;
    return { clients: [], problems: [warning(service, reason)] };
  }
}

function warning(service: string, error: unknown): ResetProblem {
  return { service, weight: 'warns', failure: failureOf(error) };
}

function clientOf(service: string, { pid, program, user, sinceMs }: FileClient): ServiceClient {
  return { service, pid, program, user, ...(sinceMs === undefined ? {} : { sinceMs }) };
}
