import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, vi } from 'vitest';
import { openDatabase } from '../../agent/databases/open-database.ts';
import { connectPostgres } from '../../agent/databases/postgres/connect.ts';
import type { PostgresSettings } from '../../agent/databases/postgres/settings.ts';
import { findShutOuts, letClientsIn, shutClientsOut } from '../../agent/databases/shut-outs.ts';
import { findPlaces } from '../../agent/os/places.ts';
import { type Daemon, openDaemon } from '../../agent/server/daemon.ts';
import { letIn, shutOut } from '../../agent/server/lockouts.ts';
import type { LateStop } from '../../agent/services/late-stop.ts';
import { failureOf } from '../../protocol/failures.ts';
import { hasPostgres, testWithPostgres } from '../support/postgres.ts';
import { startPostgres, type TestPostgres } from '../support/private-postgres.ts';
import { ServiceFixture } from '../support/service-fixture.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { ReconnectingClient } from './reconnecting-client.ts';

const { signal } = new AbortController();
let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql(`
    CREATE ROLE clinic_app LOGIN PASSWORD 'app';
    CREATE ROLE kedge LOGIN PASSWORD 'sesame';
    GRANT clinic_app, pg_signal_backend, pg_read_all_stats TO kedge;
    ALTER ROLE kedge SET standard_conforming_strings = off;
    CREATE ROLE bare LOGIN PASSWORD 'sesame';
    CREATE ROLE plain LOGIN PASSWORD 'sesame';
    CREATE ROLE secure LOGIN PASSWORD 'sesame';
    SET password_encryption = 'md5'; CREATE ROLE old LOGIN PASSWORD 'sesame';`);
  server.sql(`CREATE DATABASE "odd ""cli\\nic" OWNER clinic_app`);
  server.sql('CREATE DATABASE clinic OWNER clinic_app');
  server.sql('CREATE TABLE visit (id int); ALTER TABLE visit OWNER TO clinic_app', 'clinic');
  writeFileSync(join(server.folder, 'password'), 'sesame\n', { mode: 0o600 });
  writeFileSync(join(server.folder, 'wrong'), 'simsalabim\n', { mode: 0o600 });
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

/** Over TCP with the password, unless told otherwise. */
function settings(changes: Partial<PostgresSettings> = {}): PostgresSettings {
  const password = { file: join(server.folder, 'password') };
  const { port } = server;
  return {
    engine: 'postgres',
    host: '127.0.0.1',
    port,
    user: 'kedge',
    password,
    name: 'clinic',
    ...changes,
  };
}

const open = (changes: Partial<PostgresSettings> = {}) => openDatabase(settings(changes));

/** The application. */
async function connect(user = 'clinic_app', database = 'clinic') {
  const place = { socket: server.socket, host: 'localhost', port: server.port };
  return await connectPostgres(
    { place, isLocal: true, user, password: undefined, database },
    signal,
  );
}

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

testWithPostgres(
  'it answers by socket, SCRAM, MD5 and in the clear on this machine, and with TLS',
  async () => {
    const { socket } = server;
    const ca = server.certificate;
    const ways: Partial<PostgresSettings>[] = [
      { host: undefined, socket, password: undefined },
      {},
      { user: 'old' },
      { user: 'plain' },
      { user: 'secure', tls: { ca } },
    ];
    for (const way of ways) expect(await open(way).ping(signal)).toMatch(/^PostgreSQL \d+\.\d+$/);
    expect(await failure(open({ tls: true }).ping(signal))).toMatchObject({
      code: 'database-unreachable',
      params: { where: `127.0.0.1:${server.port}`, why: 'self-signed certificate' },
    });
    expect(await failure(open({ user: 'secure' }).ping(signal))).toMatchObject({
      code: 'database-login-refused',
      params: { why: expect.stringContaining('rejects connection') },
    });
  },
);

testWithPostgres(
  'a wrong password, no password and a database that is not there are told apart',
  async () => {
    const wrong = { file: join(server.folder, 'wrong') };
    expect(await failure(open({ password: wrong }).ping(signal))).toEqual({
      code: 'database-login-refused',
      params: {
        product: 'PostgreSQL',
        where: `127.0.0.1:${server.port}`,
        user: 'kedge',
        why: 'password authentication failed for user "kedge"',
      },
    });
    expect(await failure(open({ password: undefined }).ping(signal))).toMatchObject({
      code: 'database-unreachable',
      params: { why: 'it asks for a password, and none is configured' },
    });
    expect(await failure(open({ name: 'nowhere' }).ping(signal))).toMatchObject({
      code: 'database-login-refused',
      params: { why: 'database "nowhere" does not exist' },
    });
    expect(await failure(open({ name: 'nowhere' }).planFence(signal))).toEqual({
      code: 'database-failed',
      params: { product: 'PostgreSQL', why: 'it has no database "nowhere"' },
    });
  },
);

testWithPostgres('neither the environment nor ~/.pgpass has a say', async () => {
  const passwords = join(server.folder, 'pgpass');
  writeFileSync(passwords, '*:*:*:*:sesame\n', { mode: 0o600 });
  const variables = {
    PGHOST: 'nowhere.invalid',
    PGPORT: '1',
    PGUSER: 'nobody',
    PGDATABASE: 'nowhere',
    PGPASSWORD: 'sesame',
    PGPASSFILE: passwords,
    PGOPTIONS: '-c nonsense=1',
    PGREPLICATION: 'true',
    PGSSLMODE: 'require',
    PGSSLNEGOTIATION: 'direct',
    PGCLIENT_ENCODING: 'LATIN1',
    PGAPPNAME: 'somebody',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await open().ping(signal)).toMatch(/^PostgreSQL \d+\.\d+$/);
  expect(await open().clients(signal)).toEqual({ clients: [] });
  expect(await failure(open({ password: undefined }).ping(signal))).toMatchObject({
    params: { why: 'it asks for a password, and none is configured' },
  });
});

testWithPostgres(
  'clients are listed with user, program, address, since and what they wait for',
  async () => {
    using holder = await connect();
    await holder.query("SET application_name = 'host'; BEGIN; LOCK TABLE visit", signal);
    using waiter = await connect();
    const waits = waiter.query('SELECT count(*) FROM visit', signal);
    const looked = async () => (await open().clients(signal)).clients;
    await until(async () => (await looked()).some(({ waitsFor }) => waitsFor !== undefined));
    const [first, second] = await looked();
    expect(first).toEqual({
      pid: expect.any(Number),
      user: 'clinic_app',
      program: 'host',
      address: 'this machine',
      sinceMs: expect.closeTo(Date.now(), -5),
      state: expect.stringMatching(/^idle in transaction for \d+ s$/),
    });
    expect(second).toMatchObject({ waitsFor: `a lock of process ${first?.pid}` });
    await holder.query('ROLLBACK', signal);
    await waits;
    expect(await open().disconnect(signal)).toBe(2);
    expect(await open().clients(signal)).toEqual({ clients: [] });
  },
);

testWithPostgres('a client that comes back every 50 ms stays out until it is let in', async () => {
  const stateFolder = temporaryFolder();
  const odd = { name: 'odd "cli\\nic' };
  await using client = new ReconnectingClient(async () => await connect('clinic_app', odd.name));
  await until(() => client.entered > 0);
  const order = { stateFolder, service: 'db', server: open(odd), nowMs: 1 };
  expect(await shutClientsOut(order, signal)).toBe(true);
  const { entered, refused } = client;
  await until(() => client.refused > refused + 5);
  expect([client.entered, await open(odd).clients(signal)]).toEqual([entered, { clients: [] }]);
  expect(await open(odd).ping(signal)).toBe(
    'PostgreSQL, whose database "odd "cli\\nic" takes no clients,',
  );
  expect(await failure(shutClientsOut(order, signal))).toMatchObject({ code: 'busy' });
  expect(await letClientsIn(stateFolder, 'db', open(odd))).toBe(true);
  await until(() => client.entered > entered);
  expect(findShutOuts(stateFolder)).toEqual([]);
});

testWithPostgres('after a death in mid-lockout the record on disk lets them in again', async () => {
  const stateFolder = temporaryFolder();
  const child = join(import.meta.dirname, '../support/shut-out-child.ts');
  const argv = [child, stateFolder, JSON.stringify(settings())];
  const job = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(job.stdout, 'data');
  job.kill('SIGKILL');
  await once(job, 'exit');
  expect(await failure(connect())).toMatchObject({ code: 'internal' });
  expect(findShutOuts(stateFolder)).toMatchObject([
    { service: 'db', job: 17, fence: { engine: 'postgres', database: 'clinic' } },
  ]);
  await letClientsIn(stateFolder, 'db', open());
  (await connect())[Symbol.dispose]();
});

testWithPostgres(
  'one that was renamed meanwhile is let in, and of one that is gone nothing is left',
  async () => {
    const stateFolder = temporaryFolder();
    server.sql('CREATE DATABASE moving OWNER clinic_app');
    const order = { stateFolder, service: 'db', server: open({ name: 'moving' }), nowMs: 1 };
    await shutClientsOut(order, signal);
    server.sql('ALTER DATABASE moving RENAME TO moved');
    expect(await letClientsIn(stateFolder, 'db', open())).toBe(true);
    (await connect('clinic_app', 'moved'))[Symbol.dispose]();
    await shutClientsOut({ ...order, server: open({ name: 'moved' }) }, signal);
    server.sql('DROP DATABASE moved');
    expect(await letClientsIn(stateFolder, 'db', open({ name: 'moved' }))).toBe(true);
    expect(findShutOuts(stateFolder)).toEqual([]);
  },
);

testWithPostgres('a lockout that somebody else made is left alone', async () => {
  const stateFolder = temporaryFolder();
  server.sql('ALTER DATABASE clinic ALLOW_CONNECTIONS false');
  const order = { stateFolder, service: 'db', server: open(), nowMs: 1 };
  expect(await shutClientsOut(order, signal)).toBe(false);
  expect([await letClientsIn(stateFolder, 'db', open()), findShutOuts(stateFolder)]).toEqual([
    false,
    [],
  ]);
  server.sql('ALTER DATABASE clinic ALLOW_CONNECTIONS true');
});

testWithPostgres(
  'each missing privilege is named with the SQL that grants it, and nothing stays locked',
  async () => {
    const stateFolder = temporaryFolder();
    const bare = open({ user: 'bare' });
    using _client = await connect();
    expect(await bare.clients(signal)).toEqual({
      clients: [{ pid: expect.any(Number), user: 'clinic_app', program: 'kedge' }],
      unseen: 'GRANT pg_read_all_stats TO "bare";',
    });
    const order = { stateFolder, service: 'db', server: bare, nowMs: 1 };
    expect(await failure(shutClientsOut(order, signal))).toEqual({
      code: 'database-denied',
      params: {
        product: 'PostgreSQL',
        user: 'bare',
        what: 'open and close the database "clinic"',
        grant: 'GRANT "clinic_app" TO "bare";',
      },
    });
    server.sql(
      'CREATE ROLE landlord; GRANT landlord TO bare; ALTER DATABASE clinic OWNER TO landlord',
    );
    expect(await failure(shutClientsOut(order, signal))).toMatchObject({
      code: 'database-denied',
      params: { grant: 'GRANT pg_signal_backend TO "bare";' },
    });
    server.sql('ALTER DATABASE clinic OWNER TO clinic_app');
    (await connect())[Symbol.dispose]();
  },
);

testWithPostgres(
  'clients that Kedge may not end are named, and the lockout is taken back',
  async () => {
    const stateFolder = temporaryFolder();
    using admin = await connect('postgres');
    await admin.query("SET application_name = 'pgAdmin'", signal);
    const order = { stateFolder, service: 'db', server: open(), nowMs: 1 };
    expect(await failure(shutClientsOut(order, signal))).toMatchObject({
      code: 'database-clients-stay',
      params: {
        left: 1,
        who: expect.stringContaining('pgAdmin of postgres, from this machine, idle'),
      },
    });
    (await connect())[Symbol.dispose]();
    expect(findShutOuts(stateFolder)).toEqual([]);
  },
);

async function openKedge(home: string): Promise<Daemon> {
  return await openDaemon({
    places: findPlaces({ KEDGE_HOME: home }),
    output: () => undefined,
    requestStop: () => undefined,
    signal: AbortSignal.timeout(20_000),
  });
}

testWithPostgres(
  'Kedge lets in whom a dead job shut out once the server is up, and nobody that a person shut out',
  async () => {
    const always = ['/bin/true'];
    const commands = { start: always, stop: always, status: always };
    const db = { manager: 'command', ...commands, role: 'database', database: settings() };
    const { home } = await makeSmallApplication(temporaryFolder(), { services: { db } });
    const stateFolder = findPlaces({ KEDGE_HOME: home }).state;
    const order = { stateFolder, service: 'db', server: open(), nowMs: 1 };
    mkdirSync(stateFolder, { recursive: true });
    await shutClientsOut({ ...order, job: 17 }, signal);
    await server.stop('SIGINT');
    {
      await using daemon = await openKedge(home);
      expect([...daemon.overview.standing.values()]).toContainEqual({
        id: 'shut-out-db',
        severity: 'warning',
        text: 'all clients of the database "clinic" are shut out by job 17, which died',
        hint: 'Let them in again: kedge service let-in db',
      });
      await server.start();
      await until(() => !daemon.overview.standing.has('shut-out-db'));
      expect(daemon.overview.recovered).toContain(
        'the clients of "clinic" were let in again, which job 17 had shut out',
      );
      (await connect())[Symbol.dispose]();
      expect(await shutOut(daemon, 'db', signal)).toBe(true);
    }
    const path = findPlaces({ KEDGE_HOME: home }).config;
    writeFileSync(path, readFileSync(path, 'utf8').replace('"db"', '"renamed"'));
    await using daemon = await openKedge(home);
    expect(daemon.overview.standing.has('shut-out-db')).toBe(true);
    await expect(connect()).rejects.toThrow('not currently accepting connections');
    expect([await letIn(daemon, 'db'), await letIn(daemon, 'renamed')]).toEqual([true, false]);
    const elsewhere = letIn(daemon, '../../backups/secret');
    expect(await failure(elsewhere)).toMatchObject({ code: 'service-not-found' });
    (await connect())[Symbol.dispose]();
  },
);

/** Its data, run by the process manager as its own user; a plain SIGTERM lets it wait for its clients. */
function asService(changes: Partial<PostgresSettings> = {}) {
  const { command } = server;
  return {
    manager: 'process' as const,
    role: 'database' as const,
    command: [...command],
    database: settings(changes),
    probes: [{ kind: 'sql' as const }],
    stableSeconds: 0.2,
    startTimeoutSeconds: 10,
    stopTimeoutSeconds: 1,
  };
}

testWithPostgres('a stop that clients hold up names them, and is over when they go', async () => {
  await server.stop('SIGINT');
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ db: asService() });
  await supervisor.start('db', signal);
  expect(supervisor.services()[0]).toMatchObject({
    health: 'healthy',
    why: expect.stringMatching(/PostgreSQL \d+\.\d+ answered in \d+ ms/),
  });
  const client = await connect();
  await client.query("SET application_name = 'host'", signal);
  expect(await failure(supervisor.stop('db', signal))).toEqual({
    code: 'service-stop-waits',
    params: {
      service: 'db',
      seconds: 1,
      product: 'PostgreSQL',
      count: 1,
      who: expect.stringMatching(
        /^process \d+: host of clinic_app, from this machine, idle for \d+ s$/,
      ),
    },
  });
  client[Symbol.dispose]();
  await supervisor.stop('db', signal);
  await server.start();
});

testWithPostgres('a stop that clients hold up goes on once they are disconnected', async () => {
  await server.stop('SIGINT');
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ db: asService() });
  await supervisor.start('db', signal);
  const client = await connect();
  await client.query("SET application_name = 'host'", signal);
  const asked: LateStop[] = [];
  await supervisor.stop('db', signal, async (late) => {
    asked.push(late);
    return 'disconnect';
  });
  expect(asked).toMatchObject([
    { answers: ['wait', 'disconnect', 'kill', 'abort'], clients: [{ program: 'host' }] },
  ]);
  expect(supervisor.services()[0]?.health).toBe('stopped');
  await expect(client.query('SELECT 1', signal)).rejects.toThrow();
  const log = (await supervisor.logs('db', 30)).join('\n');
  expect(log).toContain('terminating connection due to administrator command');
  expect(log).toContain('database system is shut down');
  await server.start();
});

testWithPostgres('a server that is down is told from one that refuses', async () => {
  await server.stop('SIGINT');
  const { port, socket } = server;
  expect(await failure(open().ping(signal))).toMatchObject({
    code: 'database-unreachable',
    params: { where: `127.0.0.1:${port}`, why: 'nobody listens there' },
  });
  const bySocket = open({ host: undefined, socket, password: undefined });
  expect(await failure(bySocket.ping(signal))).toMatchObject({
    code: 'database-unreachable',
    params: { where: socket, why: 'there is no such socket, so it is down or listens elsewhere' },
  });
  await server.start();
});
