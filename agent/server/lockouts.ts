import { setTimeout as wait } from 'node:timers/promises';
import type { Problem } from '../../protocol/domain/snapshot.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { DatabaseServer } from '../databases/database-server.ts';
import { openDatabase } from '../databases/open-database.ts';
import {
  findShutOuts,
  letClientsIn,
  type ShutOut,
  shutClientsOut,
} from '../databases/shut-outs.ts';
import type { Daemon } from './daemon.ts';

/** Whether anything was changed. A person did it, so that only a person takes it back. */
export async function shutOut(
  daemon: Daemon,
  service: string,
  signal: AbortSignal,
): Promise<boolean> {
  const server = serverOf(daemon, service);
  const stateFolder = daemon.places.state;
  const nowMs = daemon.now();
  try {
    return await shutClientsOut({ stateFolder, service, server, nowMs }, signal);
  } finally {
    showLockouts(daemon);
  }
}

export async function letIn(daemon: Daemon, service: string): Promise<boolean> {
  try {
    return await letClientsIn(daemon.places.state, service, serverOf(daemon, service));
  } finally {
    showLockouts(daemon);
  }
}

function serverOf(daemon: Daemon, service: string): DatabaseServer {
  const settings = daemon.config().services?.[service];
  if (settings === undefined) throw new KedgeError('service-not-found', { service });
  if (settings.database === undefined) throw new KedgeError('service-no-database', { service });
  return openDatabase(settings.database);
}

/** A server may be started by this very Kedge, or an hour later by an admin. */
const againMs = 2000;

/** Lets in again whom a job that died shut out, as soon as the server answers. Disposing gives it up. */
export function recoverLockouts(daemon: Daemon): AsyncDisposable {
  const over = new AbortController();
  showLockouts(daemon);
  const ended = letAllIn(daemon, over.signal);
  return {
    async [Symbol.asyncDispose]() {
      over.abort();
      await ended;
    },
  };
}

async function letAllIn(daemon: Daemon, signal: AbortSignal): Promise<void> {
  let told = '';
  while (!signal.aborted) {
    const left = findShutOuts(daemon.places.state).filter(({ job }) => job !== undefined);
    if (left.length === 0) return;
    for (const record of left) {
      const problem = await letOneIn(daemon, record);
      if (problem !== undefined && problem !== told) daemon.log.write('warning', problem);
      told = problem ?? told;
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
