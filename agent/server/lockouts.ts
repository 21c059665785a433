import { setTimeout as wait } from 'node:timers/promises';
import { isFinished } from '../../protocol/domain/job.ts';
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
  wordBy,
} from '../databases/shut-outs.ts';
import { inTurn } from '../os/in-turn.ts';
import { isGuarded } from '../restore/guard.ts';
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
      refuseWhileNeeded(daemon, record);
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

/** A job that keeps them out counts on it; after its death, whoever puts right what it left half exchanged. */
function refuseWhileNeeded(daemon: Daemon, record: ShutOut | undefined): void {
  if (record?.job === undefined) return;
  const what = `letting in the clients of ${record.service}`;
  if (isAtWork(daemon, record.job)) throw new KedgeError('busy', { what, why: wordBy(record) });
  if (!isGuarded(daemon.places.state)) return;
  const why = `job ${record.job} left data half exchanged, which must be recovered first`;
  throw new KedgeError('busy', { what, why });
}

function isAtWork(daemon: Daemon, id: number): boolean {
  const job = daemon.state.jobs.get(id)?.job;
  return job !== undefined && !isFinished(job);
}

/** A server may be started by this very Kedge, or an hour later by an admin. */
const againMs = 2000;

export interface LockoutKeeper extends AsyncDisposable {
  /** A job has ended, and may have left clients shut out. */
  jobEnded(): void;
}

/** Lets in again whom a job that died shut out, as soon as the server answers. Disposing gives it up. */
export function keepLockouts(daemon: () => Daemon): LockoutKeeper & { begin(): void } {
  const over = new AbortController();
  let woken = Promise.withResolvers<void>();
  let ended = Promise.resolve();
  const next = async (isOneLeft: boolean): Promise<void> => {
    const { signal } = over;
    const pauses = isOneLeft ? [wait(againMs, undefined, { signal, ref: false })] : [];
    await Promise.race([woken.promise, ...pauses]).catch(() => undefined);
    woken = Promise.withResolvers<void>();
  };
  const jobEnded = (): void => woken.resolve();
  return {
    jobEnded,
    begin() {
      ended = letDeadIn(daemon(), next, over.signal).catch((error: unknown) => {
        const { message } = wordFailure(failureOf(error));
        daemon().log.write('error', `clients that were shut out: ${message}`);
      });
    },
    async [Symbol.asyncDispose]() {
      over.abort();
      jobEnded();
      await ended;
    },
  };
}

async function letDeadIn(
  daemon: Daemon,
  next: (isOneLeft: boolean) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const told = new Map<string, string>();
  while (!signal.aborted) {
    showLockouts(daemon);
    for (const record of ofDeadJobs(daemon)) {
      const problem = await letOneIn(daemon, record);
      if (problem === undefined || problem === told.get(record.service)) continue;
      daemon.log.write('warning', problem);
      told.set(record.service, problem);
    }
    await next(ofDeadJobs(daemon).length > 0);
  }
}

function ofDeadJobs(daemon: Daemon): readonly ShutOut[] {
  return findShutOuts(daemon.places.state).filter(
    ({ job }) => job !== undefined && !isAtWork(daemon, job),
  );
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
    standing.set(idPrefix + record.service, problemOf(daemon, record));
  daemon.overview.touch();
}

function problemOf(daemon: Daemon, { service, fence, job }: ShutOut): Omit<Problem, 'sinceMs'> {
  const about = { id: idPrefix + service, severity: 'warning', shutOut: service } as const;
  const text = `all clients of the database "${fence.database}" are shut out`;
  if (job !== undefined && isAtWork(daemon, job))
    return { ...about, text: `${text} by job ${job}` };
  return {
    ...about,
    text: job === undefined ? text : `${text} by job ${job}, which died`,
    hint: `Let them in again: kedge service let-in ${service}`,
  };
}
