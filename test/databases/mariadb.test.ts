import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { connectMariadb } from '../../agent/databases/mariadb/connect.ts';
import { openMariadbSession } from '../../agent/databases/mariadb/open-session.ts';
import type { MariadbSettings } from '../../agent/databases/mariadb/settings.ts';
import { openDatabase } from '../../agent/databases/open-database.ts';
import { findShutOuts, letClientsIn, shutClientsOut } from '../../agent/databases/shut-outs.ts';
import { failureOf } from '../../protocol/failures.ts';
import { hasMariadb, testWithMariadb } from '../support/mariadb.ts';
import { startMariadb, type TestMariadb } from '../support/private-mariadb.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import { ReconnectingClient } from './reconnecting-client.ts';

const { signal } = new AbortController();
let server: TestMariadb;

beforeAll(async () => {
  if (!hasMariadb) return;
  server = await startMariadb();
  server.sql(`
    CREATE DATABASE clinic; CREATE TABLE clinic.visit (id int);
    CREATE USER clinic_app@localhost; GRANT ALL ON clinic.* TO clinic_app@localhost;
    CREATE USER \`re"p'ort\`@localhost; GRANT SELECT ON clinic.visit TO \`re"p'ort\`@localhost;
    CREATE USER retired@localhost ACCOUNT LOCK; GRANT ALL ON clinic.* TO retired@localhost;
    CREATE USER other@localhost;
    CREATE USER kedge@'127.0.0.1' IDENTIFIED BY 'sesame';
    GRANT PROCESS, CONNECTION ADMIN, CREATE USER ON *.* TO kedge@'127.0.0.1';
    GRANT SELECT ON mysql.* TO kedge@'127.0.0.1'; GRANT SELECT ON clinic.* TO kedge@'127.0.0.1';
    CREATE USER secure@'127.0.0.1' IDENTIFIED BY 'sesame' REQUIRE SSL; GRANT SELECT ON clinic.* TO secure@'127.0.0.1';
    INSTALL SONAME 'auth_ed25519';
    CREATE USER modern@'127.0.0.1' IDENTIFIED VIA ed25519 USING PASSWORD('sesame');
    CREATE USER bare@'127.0.0.1' IDENTIFIED BY 'sesame';`);
  writeFileSync(join(server.folder, 'password'), 'sesame\n', { mode: 0o600 });
  writeFileSync(join(server.folder, 'wrong'), 'simsalabim\n', { mode: 0o600 });
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

/** Over TCP with the password, unless told otherwise. */
function settings(changes: Partial<MariadbSettings> = {}): MariadbSettings {
  const password = { file: join(server.folder, 'password') };
  const { port } = server;
  return {
    engine: 'mariadb',
    host: '127.0.0.1',
    port,
    user: 'kedge',
    password,
    name: 'clinic',
    ...changes,
  };
}

const open = (changes: Partial<MariadbSettings> = {}) => openDatabase(settings(changes));

/** The application. */
async function connect(user = 'clinic_app', database = 'clinic') {
  const place = { socket: server.socket, host: 'localhost', port: server.port };
  return await connectMariadb(
    { place, isLocal: true, user, password: undefined, database },
    signal,
  );
}

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

testWithMariadb('it answers by password, by socket and with TLS', async () => {
  const { socket, certificate: ca } = server;
  const ways: Partial<MariadbSettings>[] = [
    {},
    { host: undefined, socket, user: 'root', password: undefined },
    { user: 'secure', tls: { ca } },
  ];
  for (const way of ways) expect(await open(way).ping(signal)).toMatch(/^MariaDB \d+\.\d+\.\d+$/);
  expect(await failure(open({ tls: true }).ping(signal))).toMatchObject({
    code: 'database-unreachable',
    params: { why: 'self-signed certificate' },
  });
  expect(await failure(open({ user: 'secure' }).ping(signal))).toMatchObject({
    code: 'database-login-refused',
  });
});

testWithMariadb(
  'a wrong password, an unknown way of logging in and a database that is not there are told apart',
  async () => {
    const wrong = { file: join(server.folder, 'wrong') };
    expect(await failure(open({ password: wrong }).ping(signal))).toEqual({
      code: 'database-login-refused',
      params: {
        product: 'MariaDB',
        where: `127.0.0.1:${server.port}`,
        user: 'kedge',
        why: "Access denied for user 'kedge'@'127.0.0.1' (using password: YES)",
      },
    });
    expect(await failure(open({ user: 'modern' }).ping(signal))).toMatchObject({
      code: 'database-unreachable',
      params: { why: 'it asks for a login by client_ed25519, which Kedge has not' },
    });
    expect(await failure(open({ name: 'nowhere' }).ping(signal))).toMatchObject({
      code: 'database-login-refused',
      params: { why: expect.stringContaining("'nowhere'") },
    });
  },
);

testWithMariadb('clients are listed with user, address, state and what they wait for', async () => {
  using holder = await connect();
  await holder.query('LOCK TABLES visit WRITE', signal);
  using waiter = await connect('re"p\'ort');
  const waits = waiter.query('SELECT count(*) AS visits FROM visit', signal);
  using _elsewhere = await connect('clinic_app', 'information_schema');
  using _other = await connect('other', 'information_schema');
  const looked = async () => (await open().clients(signal)).clients;
  await until(async () => (await looked()).some(({ waitsFor }) => waitsFor !== undefined));
  const app = { pid: expect.any(Number), user: 'clinic_app', address: 'this machine' };
  expect(await looked()).toEqual([
    { ...app, state: expect.stringMatching(/^Sleep for \d+ s$/) },
    {
      ...app,
      user: 're"p\'ort',
      state: expect.stringMatching(/^Query for \d+ s$/),
      waitsFor: 'Waiting for table metadata lock',
    },
    { ...app, state: expect.stringMatching(/^Sleep for \d+ s$/) },
  ]);
  await holder.query('UNLOCK TABLES', signal);
  expect(await waits).toEqual([{ visits: '0' }]);
  expect(await open().disconnect(signal)).toBe(3);
  expect(await open().clients(signal)).toEqual({ clients: [] });
});

testWithMariadb('a client that comes back every 50 ms stays out until it is let in', async () => {
  const stateFolder = temporaryFolder();
  await using client = new ReconnectingClient(async () => await connect());
  await until(() => client.entered > 0);
  const order = { stateFolder, service: 'db', server: open(), nowMs: 1 };
  expect(await shutClientsOut(order, signal)).toBe(true);
  const { entered, refused } = client;
  await until(() => client.refused > refused + 5);
  // One that is being refused is a session for a moment.
  await until(async () => (await open().clients(signal)).clients.length === 0);
  expect(client.entered).toBe(entered);
  const accounts = ['clinic_app@localhost', 're"p\'ort@localhost', 'secure@127.0.0.1'];
  expect(findShutOuts(stateFolder)).toMatchObject([{ fence: { engine: 'mariadb', accounts } }]);
  expect(await letClientsIn(stateFolder, 'db', open())).toBe(true);
  await until(() => client.entered > entered);
  expect(server.sql('SHOW CREATE USER retired@localhost')).toContain('ACCOUNT LOCK');
});

testWithMariadb('after a death in mid-lockout the record on disk lets them in again', async () => {
  const stateFolder = temporaryFolder();
  const child = join(import.meta.dirname, '../support/shut-out-child.ts');
  const argv = [
    child,
    stateFolder,
    JSON.stringify(settings({ accounts: ['clinic_app@localhost'] })),
  ];
  const job = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(job.stdout, 'data');
  job.kill('SIGKILL');
  await once(job, 'exit');
  await expect(connect()).rejects.toThrow('account is locked');
  (await connect('re"p\'ort'))[Symbol.dispose]();
  await letClientsIn(stateFolder, 'db', open());
  (await connect())[Symbol.dispose]();
});

testWithMariadb('an account that was dropped meanwhile keeps no other one out', async () => {
  const stateFolder = temporaryFolder();
  server.sql('CREATE USER a_temp@localhost');
  const accounts = ['a_temp@localhost', 'clinic_app@localhost'];
  const order = { stateFolder, service: 'db', server: open({ accounts }), nowMs: 1 };
  expect(await shutClientsOut(order, signal)).toBe(true);
  server.sql('DROP USER a_temp@localhost');
  expect(await letClientsIn(stateFolder, 'db', open())).toBe(true);
  (await connect())[Symbol.dispose]();
});

testWithMariadb(
  'who only shares the name of an account is not ended, nor is an administrator locked',
  async () => {
    server.sql(`CREATE USER boss@localhost; GRANT SUPER ON *.* TO boss@localhost;
      GRANT ALL ON clinic.* TO boss@localhost; CREATE DATABASE depot;
      CREATE USER clinic_app@'127.0.0.1' IDENTIFIED BY 'sesame'; GRANT ALL ON depot.* TO clinic_app@'127.0.0.1';
      GRANT PROCESS, CONNECTION ADMIN, CREATE USER ON *.* TO clinic_app@'127.0.0.1'; GRANT SELECT ON mysql.* TO clinic_app@'127.0.0.1'`);
    try {
      const its = open({ user: 'clinic_app' });
      const fence = await its.planFence(signal);
      expect(fence).toMatchObject({ accounts: expect.not.arrayContaining(['boss@localhost']) });
      expect(fence).toMatchObject({ accounts: expect.arrayContaining(['clinic_app@localhost']) });
      if (fence === undefined) throw new Error('no fence');
      const { user, name: _, ...reach } = settings({ user: 'clinic_app' });
      using exchange = await openMariadbSession({ ...reach, user, name: 'depot' }, signal);
      using app = await connect('clinic_app', 'information_schema');
      await its.shutOut(fence, signal);
      expect(await exchange.query('SELECT 1 AS one', signal)).toEqual([{ one: '1' }]);
      await expect(app.query('SELECT 1', signal)).rejects.toThrow();
      await its.letIn(fence, signal);

      await open({ accounts: ['clinic_app@elsewhere'] }).disconnect(signal);
      expect(await exchange.query('SELECT 1 AS one', signal)).toEqual([{ one: '1' }]);
    } finally {
      server.sql(`DROP USER boss@localhost, clinic_app@'127.0.0.1'; DROP DATABASE depot`);
    }
  },
);

testWithMariadb('Kedge never locks its own account', async () => {
  const stateFolder = temporaryFolder();
  const its = open({ accounts: ['clinic_app@localhost', 'kedge@127.0.0.1'] });
  const order = { stateFolder, service: 'db', server: its, nowMs: 1 };
  expect(await failure(shutClientsOut(order, signal))).toMatchObject({
    code: 'database-failed',
    params: { why: expect.stringContaining('its own account') },
  });
  (await connect())[Symbol.dispose]();
  await open().clients(signal);
});

testWithMariadb(
  'each missing privilege is named with the SQL that grants it, and nothing stays locked',
  async () => {
    const stateFolder = temporaryFolder();
    const accounts = ['clinic_app@localhost'];
    const bare = open({ user: 'bare', accounts });
    using _client = await connect();
    expect(await bare.clients(signal)).toEqual({
      clients: [],
      unseen: 'GRANT PROCESS ON *.* TO `bare`@`127.0.0.1`;',
    });
    const attempt = async () =>
      await failure(shutClientsOut({ stateFolder, service: 'db', server: bare, nowMs: 1 }, signal));
    const denied = (grant: string) => ({ code: 'database-denied', params: { grant } });
    for (const right of ['SELECT ON mysql.*', 'CREATE USER ON *.*']) {
      const grant = `GRANT ${right} TO \`bare\`@\`127.0.0.1\`;`;
      expect(await attempt()).toMatchObject(denied(grant));
      server.sql(grant);
    }
    server.sql('GRANT PROCESS ON *.* TO `bare`@`127.0.0.1`');
    expect(await attempt()).toMatchObject(
      denied('GRANT CONNECTION ADMIN ON *.* TO `bare`@`127.0.0.1`;'),
    );
    (await connect())[Symbol.dispose]();
    const blind = open({ user: 'bare' });
    server.sql('REVOKE SELECT ON mysql.* FROM `bare`@`127.0.0.1`');
    expect(await failure(blind.planFence(signal))).toMatchObject({
      code: 'database-failed',
      params: { why: expect.stringContaining('name them in "accounts"') },
    });
  },
);

testWithMariadb('a server that is down is told from one that refuses', async () => {
  await server.stop('SIGTERM');
  expect(await failure(open().ping(signal))).toMatchObject({
    code: 'database-unreachable',
    params: { why: 'nobody listens there' },
  });
  await server.start();
});
