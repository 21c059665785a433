import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '../../protocol/domain/snapshot.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import { openDatabase } from '../databases/open-database.ts';
import type { DatabaseSettings } from '../databases/settings.ts';
import {
  findShutOuts,
  letClientsIn,
  type ShutOut,
  shutClientsOut,
  shutOutOf,
} from '../databases/shut-outs.ts';
import { inTurn } from '../os/in-turn.ts';
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
      const { settings } = shutOutOf(stateFolder, service) ?? {};
      const server = openDatabase(reachedAs(daemon, service, settings));
      return await letClientsIn(stateFolder, service, server);
    });
  } finally {
    showLockouts(daemon);
  }
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
    ? { ...noted, user: now.user, password: now.password }
    : noted;
}

/** A server may be started by this very Kedge, or an hour later by an admin. */
const againMs = 2000;

/** Lets in again whom a job that died shut out, as soon as the server answers. Disposing gives it up. */
export function recoverLockouts(daemon: Daemon): AsyncDisposable {
  const over = new AbortController();
  const ended = letAllIn(daemon, over.signal).catch((error: unknown) => {
    const { message } = wordFailure(failureOf(error));
    daemon.log.write('error', `clients that were shut out: ${message}`);
  });
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      await ended;
    },
  };
}

async function letAllIn(daemon: Daemon, signal: AbortSignal): Promise<void> {
  showLockouts(daemon);
  const told = new Map<string, string>();
  while (!signal.aborted) {
    const left = findShutOuts(daemon.places.state).filter(({ job }) => job !== undefined);
    if (left.length === 0) return;
    for (const record of left) {
      const problem = await letOneIn(daemon, record);
      if (problem === undefined || problem === told.get(record.service)) continue;
      daemon.log.write('warning', problem);
      told.set(record.service, problem);
    }
    await wait(againMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}

/** Why it did not come true. */
async function letOneIn(
  daemon: Daemon,
  { service, job = 0, fence }: ShutOut,
): Promise<string | undefined> {
  try {
    await letIn(daemon, service);
    const text = `the clients of "${fence.database}" were let in again, which job ${job} had shut out`;
    daemon.log.write('warning', text);
    daemon.overview.recovered.push(text);
    return undefined;
  } catch (error) {
    return `the clients of "${fence.database}" can't be let in yet: ${wordFailure(failureOf(error)).message}`;
  }
}

const idPrefix = 'shut-out-';

/** Among the problems, for as long as it lasts. */
function showLockouts(daemon: Daemon): void {
  const { standing } = daemon.overview;
  for (const id of [...standing.keys()]) if (id.startsWith(idPrefix)) standing.delete(id);
  for (const record of findShutOuts(daemon.places.state))
    standing.set(idPrefix + record.service, problemOf(record));
  daemon.overview.touch();
}

function problemOf({ service, fence, job }: ShutOut): Omit<Problem, 'sinceMs'> {
  const by = job === undefined ? '' : ` by job ${job}, which died`;
  return {
    id: idPrefix + service,
    severity: 'warning',
    text: `all clients of the database "${fence.database}" are shut out${by}`,
    hint: `Let them in again: kedge service let-in ${service}`,
  };
}
