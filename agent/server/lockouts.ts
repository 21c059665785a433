import type { Problem } from '../../protocol/domain/snapshot.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { Config } from '../config/config.ts';
import { openDatabase } from '../databases/open-database.ts';
import { DatabaseSettings } from '../databases/settings.ts';
import {
  findShutOuts,
  forgetShutOut,
  letClientsIn,
  type ShutOut,
  shutClientsOut,
  shutOutOf,
} from '../databases/shut-outs.ts';
import { inTurn } from '../os/in-turn.ts';
import { serverKey } from '../restore/server-data.ts';
import type { Daemon } from './daemon.ts';

/** Whether anything was changed. A person did it, so that only a person takes it back. */
export async function shutOut(
  daemon: Daemon,
  service: string,
  signal: AbortSignal,
): Promise<boolean> {
  const settings = settingsOf(daemon, service);
  const order = { stateFolder: daemon.places.state, service, settings, nowMs: daemon.now() };
  try {
    const server = openDatabase(settings);
    return await oneAtATime(async () => await shutClientsOut({ ...order, server }, signal));
  } finally {
    showLockouts(daemon);
  }
}

export async function letIn(daemon: Daemon, service: string): Promise<boolean> {
  const stateFolder = daemon.places.state;
  try {
    return await oneAtATime(async () => {
      const record = shutOutOf(stateFolder, service);
      const server = openDatabase(reachedAs(daemon, service, record?.settings));
      return await letClientsIn(stateFolder, service, server);
    });
  } finally {
    showLockouts(daemon);
  }
}

/**
 * By a person's word. Where they were shut out of a server that does not answer and that nothing names any more, nobody
 * can let them in: it is forgotten, or the server in its place could never be shut.
 */
export async function letInOrForget(daemon: Daemon, service: string): Promise<boolean> {
  const record = shutOutOf(daemon.places.state, service);
  try {
    return await letIn(daemon, service);
  } catch (error) {
    const failure = failureOf(error);
    if (record === undefined || failure.code !== 'database-unreachable') throw error;
    if (isNamed(daemon.config(), record)) throw error;
    await forgetShutOut(daemon.places.state, service);
    showLockouts(daemon);
    const { message } = wordFailure(failure);
    daemon.log.write(
      'warning',
      `the clients of "${record.fence.database}" stay shut out there, if that server ever comes back: ${message}`,
    );
    return true;
  }
}

/** An older record does not say which server it is about. */
function isNamed({ services = {} }: Config, { settings }: ShutOut): boolean {
  if (settings === undefined) return true;
  const named = Object.values(services).flatMap(({ database }) => database ?? []);
  return named.some((database) => serverKey(database) === serverKey(settings));
}

/** Two at once would each take for found what the other one has changed. */
const oneAtATime = inTurn();

function settingsOf(daemon: Daemon, service: string): DatabaseSettings {
  const settings = daemon.config().services?.[service];
  if (settings === undefined) throw new KedgeError('service-not-found', { service });
  if (settings.database === undefined) throw new KedgeError('service-no-database', { service });
  return settings.database;
}

/** The server where they were shut out, whatever the configuration calls it now; with the login of now if there is one. */
function reachedAs(
  daemon: Daemon,
  service: string,
  noted: DatabaseSettings | undefined,
): DatabaseSettings {
  if (noted === undefined) return settingsOf(daemon, service);
  const now = daemon.configFile.inForce()?.services?.[service]?.database;
  return now?.engine === noted.engine
    ? DatabaseSettings.parse({ ...noted, user: now.user, password: now.password })
    : noted;
}

const idPrefix = 'shut-out-';

/** At the start. A record that can't be read must not keep Kedge from it. */
export function showLockoutsOnRecord(daemon: Daemon): void {
  try {
    showLockouts(daemon);
  } catch (error) {
    const { message } = wordFailure(failureOf(error));
    daemon.log.write('error', `clients that were shut out: ${message}`);
  }
}

/** Among the problems, for as long as it lasts. */
function showLockouts(daemon: Daemon): void {
  const { standing } = daemon.overview;
  for (const id of [...standing.keys()]) if (id.startsWith(idPrefix)) standing.delete(id);
  for (const record of findShutOuts(daemon.places.state))
    standing.set(idPrefix + record.service, problemOf(record));
  daemon.overview.touch();
}

function problemOf({ service, fence }: ShutOut): Omit<Problem, 'sinceMs'> {
  return {
    id: idPrefix + service,
    severity: 'warning',
    shutOut: service,
    text: `all clients of the database "${fence.database}" are shut out`,
    hint: `Let them in again: kedge service let-in ${service}`,
  };
}
