import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import type { PostgresSettings } from '../../agent/databases/postgres/settings.ts';
import type { LateStop } from '../../agent/services/late-stop.ts';
import { testWithPostgres } from '../support/postgres.ts';
import { ServiceFixture } from '../support/service-fixture.ts';
import { until } from '../support/until.ts';
import { clinicServer, failure } from './clinic-server.ts';

const { signal } = new AbortController();
const clinic = clinicServer();
const { settings, open, connect } = clinic;

testWithPostgres(
  'it answers by socket, SCRAM, MD5 and in the clear on this machine, and with TLS',
  async () => {
    const { socket } = clinic.server;
    const ca = clinic.server.certificate;
    const ways: Partial<PostgresSettings>[] = [
      { host: undefined, socket, password: undefined },
      // As libpq is told of it.
      { host: undefined, socket: dirname(socket), password: undefined },
      {},
      { user: 'old' },
      { user: 'plain' },
      { user: 'secure', tls: { ca } },
    ];
    for (const way of ways) expect(await open(way).ping(signal)).toMatch(/^PostgreSQL \d+\.\d+$/);
    expect(await failure(open({ tls: true }).ping(signal))).toMatchObject({
      code: 'database-unreachable',
      params: { where: `127.0.0.1:${clinic.server.port}`, why: 'self-signed certificate' },
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
    const wrong = { file: join(clinic.server.folder, 'wrong') };
    expect(await failure(open({ password: wrong }).ping(signal))).toEqual({
      code: 'database-login-refused',
      params: {
        product: 'PostgreSQL',
        where: `127.0.0.1:${clinic.server.port}`,
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
  const passwords = join(clinic.server.folder, 'pgpass');
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

/** Its data, run by the process manager as its own user; a plain SIGTERM lets it wait for its clients. */
function asService(stopTimeoutSeconds: number) {
  const { command } = clinic.server;
  return {
    manager: 'process' as const,
    role: 'database' as const,
    command: [...command],
    database: settings(),
    probes: [{ kind: 'sql' as const }],
    stableSeconds: 0.2,
    startTimeoutSeconds: 30,
    stopTimeoutSeconds,
  };
}

testWithPostgres('a stop that clients hold up names them, and is over when they go', async () => {
  await clinic.server.stop('SIGINT');
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ db: asService(1) });
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
      seconds: expect.toSatisfy((seconds: number) => seconds >= 1),
      product: 'PostgreSQL',
      count: 1,
      who: expect.stringMatching(
        /^process \d+: host of clinic_app, from this machine, idle for \d+ s$/,
      ),
    },
  });
  client[Symbol.dispose]();
  // It was asked to stop already.
  await until(() => supervisor.services()[0]?.health === 'stopped');
  await clinic.server.start();
});

testWithPostgres('a stop that clients hold up goes on once they are disconnected', async () => {
  await clinic.server.stop('SIGINT');
  await using fixture = new ServiceFixture();
  const supervisor = fixture.supervise({ db: asService(5) });
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
  await clinic.server.start();
});

testWithPostgres('a server that is down is told from one that refuses', async () => {
  await clinic.server.stop('SIGINT');
  const { port, socket } = clinic.server;
  expect(await failure(open().ping(signal))).toMatchObject({
    code: 'database-unreachable',
    params: { where: `127.0.0.1:${port}`, why: 'nobody listens there' },
  });
  const bySocket = open({ host: undefined, socket, password: undefined });
  expect(await failure(bySocket.ping(signal))).toMatchObject({
    code: 'database-unreachable',
    params: { where: socket, why: 'there is no such socket, so it is down or listens elsewhere' },
  });
  await clinic.server.start();
});
