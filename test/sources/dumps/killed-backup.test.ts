import { randomUUID } from 'node:crypto';
import { existsSync, globSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { connectMariadb } from '../../../agent/databases/mariadb/connect.ts';
import { connectPostgres } from '../../../agent/databases/postgres/connect.ts';
import { findPlaces } from '../../../agent/os/places.ts';
import { backupCreate } from '../../../protocol/methods/backup.ts';
import { openSession, type RunningKedge, startKedge } from '../../support/kedge.ts';
import { testWithMariadb } from '../../support/mariadb.ts';
import { testWithPostgres } from '../../support/postgres.ts';
import { startMariadb } from '../../support/private-mariadb.ts';
import { startPostgres } from '../../support/private-postgres.ts';
import { makeSmallApplication } from '../../support/small-application.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';

const { signal } = new AbortController();
const password = String.raw`Sesame7:a"me\ 'x`;
const servers: AsyncDisposable[] = [];

afterAll(async () => {
  for (const server of servers) await server[Symbol.asyncDispose]();
});

/** A table that is locked, so that what dumps it waits. */
interface Held {
  readonly source: object;
  /** Of the program that dumps. */
  readonly program: string;
  letGo(): Promise<unknown>;
}

async function heldPostgres(): Promise<Held> {
  const server = await startPostgres();
  servers.push(server);
  server.sql(`CREATE TABLE visit (id int); CREATE ROLE secret SUPERUSER LOGIN`);
  const { socket, port } = server;
  const place = { socket, host: 'localhost', port };
  const login = { place, isLocal: true, user: 'postgres', password: undefined };
  const locker = await connectPostgres({ ...login, database: 'postgres' }, signal);
  await locker.query('BEGIN; LOCK TABLE visit', signal);
  return {
    source: { engine: 'postgres', database: 'postgres', socket, user: 'secret' },
    program: 'pg_dump',
    letGo: async () => await locker.query('ROLLBACK', signal),
  };
}

async function heldMariadb(): Promise<Held> {
  const server = await startMariadb();
  servers.push(server);
  const literal = password.replaceAll('\\', '\\\\').replaceAll("'", "''");
  server.sql(
    `CREATE DATABASE clinic; CREATE TABLE clinic.visit (id INT); CREATE TABLE clinic.pet (id INT);
     CREATE USER secret@localhost IDENTIFIED BY '${literal}'; GRANT ALL ON *.* TO secret@localhost`,
  );
  const { socket, port } = server;
  const place = { socket, host: 'localhost', port };
  const login = { place, isLocal: true, user: 'root', password: undefined };
  const locker = await connectMariadb({ ...login, database: 'clinic' }, signal);
  await locker.query('LOCK TABLES visit WRITE', signal);
  return {
    source: { engine: 'mariadb', database: 'clinic', socket, user: 'secret' },
    program: 'mariadb-dump',
    letGo: async () => await locker.query('UNLOCK TABLES', signal),
  };
}

interface Running {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly told: string;
}

/** What descends from a process. */
function descendantsOf(pid: number): readonly Running[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    return children.filter(Boolean).flatMap((each) => {
      const [told, environment] = ['cmdline', 'environ'].map((file) =>
        readFileSync(`/proc/${each}/${file}`, 'utf8'),
      );
      const child = {
        pid: Number(each),
        argv: told?.split('\0') ?? [],
        told: `${told}${environment}`,
      };
      return [child, ...descendantsOf(child.pid)];
    });
  } catch {
    // It ended in the same moment.
    return [];
  }
}

/** Files below a folder in which the password stands. */
function filesWithSecret(folder: string): readonly string[] {
  return globSync('**/*', { cwd: folder })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && readFileSync(path, 'latin1').includes('Sesame7'));
}

async function killedAndCleared(held: Held): Promise<void> {
  const folder = temporaryFolder();
  const file = join(folder, 'password');
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  const sources = { db: { ...held.source, password: { file } } };
  const { home, store } = await makeSmallApplication(folder, { sources });
  const { state } = findPlaces({ KEDGE_HOME: home });
  const archives = () => readdirSync(store).filter((name) => name.endsWith('.zst'));

  /** Starts a backup, and answers its processes as soon as the program waits for the table. */
  const dumping = async (kedge: RunningKedge) => {
    using session = await openSession(kedge.socket);
    const { job } = await session.call(backupCreate, { requestId: randomUUID() });
    const found = () => {
      const all = descendantsOf(kedge.process.pid ?? 0);
      const program = all.find(({ argv }) => argv[0]?.endsWith(held.program) === true);
      const worker = all.find(({ argv }) => argv.some((word) => /\/job\.js$/.test(word)));
      return program === undefined || worker === undefined ? undefined : { all, program, worker };
    };
    await until(() => found() !== undefined && filesWithSecret(state).length > 0);
    const running = found();
    if (running === undefined) throw new Error('it ended');
    return { ...running, job };
  };

  {
    await using kedge = await startKedge(home);
    const { all, program, worker, job } = await dumping(kedge);
    expect(all.map(({ told }) => told).join()).not.toContain('Sesame7');
    const files = filesWithSecret(state);
    expect(files.map((path) => statSync(path).mode & 0o777)).toEqual([0o600]);
    process.kill(worker.pid, 'SIGKILL');
    using session = await openSession(kedge.socket);
    expect((await session.ended(job)).state.kind).toBe('failed');
    await until(() => filesWithSecret(state).length === 0);
    await until(() => !existsSync(`/proc/${program.pid}`));
    expect([archives(), readdirSync(join(state, 'scratch'))]).toEqual([[], []]);

    const again = await dumping(kedge);
    // It must not see the end of its worker: it would clear up.
    kedge.process.kill('SIGSTOP');
    process.kill(again.worker.pid, 'SIGKILL');
    await kedge.kill();
    expect(filesWithSecret(state)).toHaveLength(1);
  }
  await held.letGo();
  await using kedge = await startKedge(home);
  expect([filesWithSecret(state), archives()]).toEqual([[], []]);
  using session = await openSession(kedge.socket);
  const { job } = await session.call(backupCreate, { requestId: randomUUID() });
  expect((await session.ended(job)).state.kind).toBe('done');
  expect([filesWithSecret(state), archives().length]).toEqual([[], 1]);
}

const name = (engine: string): string =>
  `what is killed while it dumps ${engine} leaves no backup, no program that goes on, and no password`;

testWithPostgres(
  name('PostgreSQL'),
  async () => await killedAndCleared(await heldPostgres()),
  60_000,
);

testWithMariadb(name('MariaDB'), async () => await killedAndCleared(await heldMariadb()), 60_000);
