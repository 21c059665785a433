import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { findShutOuts, letClientsIn, shutClientsOut } from '../../agent/databases/shut-outs.ts';
import { findPlaces } from '../../agent/os/places.ts';
import { type Daemon, openDaemon } from '../../agent/server/daemon.ts';
import { letIn, letInOrForget, shutOut } from '../../agent/server/lockouts.ts';
import type { LogLine } from '../../protocol/domain/snapshot.ts';
import { testWithPostgres } from '../support/postgres.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { clinicServer, failure } from './clinic-server.ts';
import { ReconnectingClient } from './reconnecting-client.ts';

const { signal } = new AbortController();
const clinic = clinicServer();
const { settings, open, connect } = clinic;

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
    { service: 'db', fence: { engine: 'postgres', database: 'clinic' } },
  ]);
  await letClientsIn(stateFolder, 'db', open());
  (await connect())[Symbol.dispose]();
});

testWithPostgres(
  'one that was renamed meanwhile is let in, and of one that is gone nothing is left',
  async () => {
    const stateFolder = temporaryFolder();
    clinic.server.sql('CREATE DATABASE moving OWNER clinic_app');
    const order = { stateFolder, service: 'db', server: open({ name: 'moving' }), nowMs: 1 };
    await shutClientsOut(order, signal);
    clinic.server.sql('ALTER DATABASE moving RENAME TO moved');
    expect(await letClientsIn(stateFolder, 'db', open())).toBe(true);
    (await connect('clinic_app', 'moved'))[Symbol.dispose]();
    await shutClientsOut({ ...order, server: open({ name: 'moved' }) }, signal);
    clinic.server.sql('DROP DATABASE moved');
    expect(await letClientsIn(stateFolder, 'db', open({ name: 'moved' }))).toBe(true);
    expect(findShutOuts(stateFolder)).toEqual([]);
  },
);

testWithPostgres('a lockout that somebody else made is left alone', async () => {
  const stateFolder = temporaryFolder();
  clinic.server.sql('ALTER DATABASE clinic ALLOW_CONNECTIONS false');
  const order = { stateFolder, service: 'db', server: open(), nowMs: 1 };
  expect(await shutClientsOut(order, signal)).toBe(false);
  expect([await letClientsIn(stateFolder, 'db', open()), findShutOuts(stateFolder)]).toEqual([
    false,
    [],
  ]);
  clinic.server.sql('ALTER DATABASE clinic ALLOW_CONNECTIONS true');
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
    clinic.server.sql(
      'CREATE ROLE landlord; GRANT landlord TO bare; ALTER DATABASE clinic OWNER TO landlord',
    );
    expect(await failure(shutClientsOut(order, signal))).toMatchObject({
      code: 'database-denied',
      params: { grant: 'GRANT pg_signal_backend TO "bare";' },
    });
    clinic.server.sql('ALTER DATABASE clinic OWNER TO clinic_app');
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

async function openKedge(
  home: string,
  output: (line: LogLine) => void = () => undefined,
): Promise<Daemon> {
  return await openDaemon({
    places: findPlaces({ KEDGE_HOME: home }),
    output,
    requestStop: () => undefined,
    signal: AbortSignal.timeout(20_000),
  });
}

testWithPostgres(
  'nobody lets in whom a person shut out, whatever the service is called by then',
  async () => {
    const always = ['/bin/true'];
    const commands = { start: always, stop: always, status: always };
    const db = { manager: 'command', ...commands, role: 'database', database: settings() };
    const { home } = await makeSmallApplication(temporaryFolder(), { services: { db } });
    const { state: stateFolder, config: path } = findPlaces({ KEDGE_HOME: home });
    mkdirSync(join(stateFolder, 'shut-outs'), { recursive: true });
    const broken = join(stateFolder, 'shut-outs', 'broken.json');
    writeFileSync(broken, '{}');
    {
      const logged: string[] = [];
      await using daemon = await openKedge(home, ({ text }) => void logged.push(text));
      expect(logged.filter((text) => text.startsWith('clients that were shut out: ')).length).toBe(
        1,
      );
      rmSync(broken);
      expect(await shutOut(daemon, 'db', signal)).toBe(true);
    }
    writeFileSync(path, readFileSync(path, 'utf8').replace('"db"', '"renamed"'));
    await using daemon = await openKedge(home);
    expect([...daemon.overview.standing.values()]).toContainEqual({
      id: 'shut-out-db',
      severity: 'warning',
      text: 'all clients of the database "clinic" are shut out',
      hint: 'Let them in again: kedge service let-in db',
      shutOut: 'db',
    });
    await expect(connect()).rejects.toThrow('not currently accepting connections');
    expect([await letIn(daemon, 'db'), await letIn(daemon, 'renamed')]).toEqual([true, false]);
    expect(daemon.overview.standing.has('shut-out-db')).toBe(false);
    const elsewhere = letIn(daemon, '../../backups/secret');
    expect(await failure(elsewhere)).toMatchObject({ code: 'service-not-found' });
    (await connect())[Symbol.dispose]();
  },
);

testWithPostgres(
  'of a server that is gone a lockout is forgotten once no service names it, and not before',
  async () => {
    const always = ['/bin/true'];
    const commands = { start: always, stop: always, status: always };
    const gone = settings({ host: '127.0.0.2' });
    const db = { manager: 'command', ...commands, role: 'database', database: gone };
    const { home } = await makeSmallApplication(temporaryFolder(), { services: { db } });
    const { state: stateFolder, config: path } = findPlaces({ KEDGE_HOME: home });
    mkdirSync(stateFolder, { recursive: true });
    // As if it had been there: what was shut is the one that answers.
    const order = { stateFolder, service: 'db', server: open(), settings: gone, nowMs: 1 };
    await shutClientsOut(order, signal);
    await open().letIn({ engine: 'postgres', database: 'clinic' }, signal);
    {
      await using daemon = await openKedge(home);
      expect(await failure(letInOrForget(daemon, 'db'))).toMatchObject({
        code: 'database-unreachable',
      });
    }
    expect(findShutOuts(stateFolder)).toMatchObject([{ service: 'db' }]);
    writeFileSync(path, readFileSync(path, 'utf8').replace('127.0.0.2', '127.0.0.1'));
    await using daemon = await openKedge(home);
    expect(await letInOrForget(daemon, 'db')).toBe(true);
    expect([findShutOuts(stateFolder), daemon.overview.standing.has('shut-out-db')]).toEqual([
      [],
      false,
    ]);
    expect([await shutOut(daemon, 'db', signal), await letIn(daemon, 'db')]).toEqual([true, true]);
  },
);
