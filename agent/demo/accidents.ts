import { randomInt } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { KedgeError } from '../../protocol/failures.ts';
import type { accidents } from '../../protocol/methods/setup.ts';
import type { Config } from '../config/config.ts';
import { errorCode, errorMessage } from '../os/error-code.ts';
import { writeFileAtomic } from '../os/files.ts';
import { httpUrlOf } from '../services/http-url.ts';
import type { ServiceControl } from '../services/service-control.ts';
import { ask } from './app/http-client.ts';
import { HttpError } from './app/http-service.ts';
import { statements } from './app/statements.ts';
import { inbox } from './app/uploads.ts';
import { fillOrEmpty } from './ballast.ts';
import { deleteInServer } from './postgres/delete-in-server.ts';

export type Accident = (typeof accidents)[number];

const patientsDeleted = 200;
const askTimeoutMs = 5_000;
const cureByRestore =
  'Cure: restore the newest backup from before this moment (key 3); undo brings this state back.';

/** Does real harm to the demo, and to nothing else; answers in a sentence what was done and how to cure it. */
export async function runAccident(
  accident: Accident,
  config: Config,
  services: ServiceControl,
  signal: AbortSignal,
): Promise<string> {
  if (config.demo === undefined) throw unavailable(accident, 'this is not the demo');
  switch (accident) {
    case 'delete-patients':
      return await deletePatients(config, signal);
    case 'overwrite-upload':
      return await overwriteUpload(config);
    case 'hang-host':
      return await hangHost(config.demo.url, signal);
    case 'kill-agent':
      return await killAgent(services, signal);
    case 'fill-destination':
      return await fillDestination(config, signal);
    default:
      return accident satisfies never;
  }
}

async function deletePatients(config: Config, signal: AbortSignal): Promise<string> {
  const inServer = await deleteInServer(config, patientsDeleted, signal);
  const [deleted, way] =
    inServer ??
    (await deleteThroughService(config, signal).catch((error: unknown) => {
      if (error instanceof HttpError && error.status === 503) return deleteInFile(config);
      throw error;
    }));
  return `Deleted ${deleted} patients with their visits, notes, appointments and invoices, ${way}. ${cureByRestore}`;
}

async function deleteThroughService(
  config: Config,
  signal: AbortSignal,
): Promise<readonly [number, string]> {
  const url = databaseUrl(config);
  const body = JSON.stringify({ statement: 'deletePatients', params: { count: patientsDeleted } });
  const answer = await ask({ url, method: 'POST', body, timeoutMs: askTimeoutMs }, signal);
  return [Number(Reflect.get(Object(answer), 'changes')), 'through the database service'];
}

function databaseUrl(config: Config): string {
  const health = httpUrlOf(config.services?.['database']);
  if (health === undefined) throw unavailable('delete-patients', 'the database has no probe');
  return new URL('/query', health).href;
}

function deleteInFile(config: Config): readonly [number, string] {
  const source = Object.values(config.sources).find(({ engine }) => engine === 'sqlite');
  if (source?.engine !== 'sqlite') throw unavailable('delete-patients', 'there is no database');
  const database = new Database(source.path, { fileMustExist: true, timeout: 2_000 });
  try {
    database.pragma('foreign_keys = on');
    const { changes } = database
      .prepare(statements.deletePatients.sql)
      .run({ count: patientsDeleted });
    return [changes, 'in the file itself, as the database service does not answer'];
  } finally {
    database.close();
  }
}

async function overwriteUpload(config: Config): Promise<string> {
  const source = Object.values(config.sources).find(({ engine }) => engine === 'files');
  if (source?.engine !== 'files') throw unavailable('overwrite-upload', 'there are no uploads');
  const name = await chooseUpload(source.path);
  await writeFileAtomic(join(source.path, name), 'This was an upload until the demo’s accident.\n');
  return `Overwrote the upload "${name}" with rubbish. ${cureByRestore}`;
}

async function chooseUpload(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  // In the inbox the Agent would cure it by itself.
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((name) => !name.startsWith(`${inbox}/`));
  const chosen = names.length === 0 ? undefined : names[randomInt(names.length)];
  if (chosen === undefined) throw unavailable('overwrite-upload', 'there are no uploads');
  return chosen;
}

async function hangHost(demoUrl: string, signal: AbortSignal): Promise<string> {
  const url = new URL('/admin/hang', demoUrl).href;
  const headers = { 'x-clinic-admin': 'hang' };
  await ask({ url, method: 'POST', headers, timeoutMs: askTimeoutMs }, signal).catch((error) => {
    throw unavailable('hang-host', errorMessage(error));
  });
  return 'The Host hangs: it runs, answers nothing and hears no request to stop, and the Agent can’t work without it. Cure: reset the services (key R).';
}

async function killAgent(services: ServiceControl, signal: AbortSignal): Promise<string> {
  const agent = (await services.status(signal)).find(({ role }) => role === 'agent');
  if (agent?.pid === undefined) throw unavailable('kill-agent', 'the Agent does not run');
  kill(agent.pid);
  return `Killed the Agent (process ${agent.pid}) without a warning. Cure: start it, or reset the services (key R).`;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (errorCode(error) === 'ESRCH') throw unavailable('kill-agent', 'it has just ended');
    throw error;
  }
}

async function fillDestination(config: Config, signal: AbortSignal): Promise<string> {
  const store = Object.values(config.stores).at(-1);
  if (store === undefined) throw unavailable('fill-destination', 'there is no destination');
  return await fillOrEmpty(store.path, signal);
}

function unavailable(accident: Accident, why: string): KedgeError {
  return new KedgeError('unavailable', { what: `the accident "${accident}"`, why });
}
