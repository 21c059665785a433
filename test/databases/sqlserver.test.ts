import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Config } from '../../agent/config/config.ts';
import { openDatabase } from '../../agent/databases/open-database.ts';
import { letClientsIn, shutClientsOut } from '../../agent/databases/shut-outs.ts';
import { connectSqlserver } from '../../agent/databases/sqlserver/connect.ts';
import { findInstance } from '../../agent/databases/sqlserver/find-instance.ts';
import { findLocalSqlserver } from '../../agent/databases/sqlserver/local-sqlserver.ts';
import { textOf } from '../../agent/databases/sqlserver/row-text.ts';
import type { SqlserverSettings } from '../../agent/databases/sqlserver/settings.ts';
import { failureOf } from '../../protocol/failures.ts';
import { makeCertificate, serverFolder } from '../support/private-server.ts';
import { testWith } from '../support/require-tool.ts';
import { FakeSqlserver } from '../support/tds/fake-sqlserver.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const { signal } = new AbortController();
const password = 'Secret-1';
let server: FakeSqlserver;
let secret: string;

beforeAll(async () => {
  server = await new FakeSqlserver().start();
  server.logins.set('app', { password });
  secret = join(server.folder, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
});
afterAll(async () => await server[Symbol.asyncDispose]());

/** The application's database in the server. */
function open(changes: Partial<SqlserverSettings> = {}) {
  return openDatabase(settings(changes));
}

function settings(changes: Partial<SqlserverSettings> = {}): SqlserverSettings {
  const { port } = server;
  const login = { host: '127.0.0.1', port, user: 'sa', password: { file: secret } };
  return { engine: 'sqlserver', ...login, name: 'clinic', ...changes };
}

const app = async () =>
  await connectSqlserver(
    {
      place: { host: '127.0.0.1', port: server.port },
      isLocal: true,
      user: 'app',
      password,
      database: 'clinic',
    },
    signal,
  );

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

test('it answers with its year; a wrong password and a database that is not there are refused', async () => {
  server.find('clinic') ?? server.create('clinic');
  expect(await open().ping(signal)).toBe('SQL Server 2022');
  const wrong = join(server.folder, 'wrong');
  writeFileSync(wrong, 'simsalabim', { mode: 0o600 });
  expect(await failure(open({ password: { file: wrong } }).ping(signal))).toEqual({
    code: 'database-login-refused',
    params: {
      product: 'SQL Server',
      where: `127.0.0.1:${server.port}`,
      user: 'sa',
      why: "Login failed for user 'sa'.",
    },
  });
  expect(await failure(open({ name: 'nowhere' }).ping(signal))).toMatchObject({
    code: 'database-login-refused',
    params: { why: expect.stringContaining('Cannot open database "nowhere"') },
  });
  expect(await failure(open({ name: 'nowhere' }).planFence(signal))).toMatchObject({
    code: 'database-failed',
    params: { why: 'it has no database "nowhere"' },
  });
  expect(await failure(open({ port: 1 }).ping(signal))).toMatchObject({
    code: 'database-unreachable',
    params: { why: 'nobody listens there' },
  });
});

test('clients are listed without Kedge, ended, shut out and let in again', async () => {
  server.find('clinic') ?? server.create('clinic');
  using client = await app();
  const database = open();
  expect(await database.clients(signal)).toMatchObject({
    clients: [{ user: 'app', program: 'kedge', state: 'sleeping' }],
  });
  expect(await database.disconnect(signal)).toBe(1);
  await expect(client.query('SELECT 1 AS one', signal)).rejects.toThrow();
  const stateFolder = temporaryFolder();
  const order = { stateFolder, service: 'db', server: database, settings: settings(), nowMs: 0 };
  expect(await shutClientsOut(order, signal)).toBe(true);
  expect(await failure(app())).toMatchObject({ code: 'internal' });
  expect(await database.ping(signal)).toBe('SQL Server, whose database "clinic" takes no clients,');
  const live = server.find('clinic');
  if (live !== undefined) live.name = 'renamed';
  expect(await letClientsIn(stateFolder, 'db', database)).toBe(true);
  expect(live?.state).toBe('ONLINE');
  if (live !== undefined) live.name = 'clinic';
});

test('who may not see or end the connections of others is told the SQL that lets him', async () => {
  server.find('clinic') ?? server.create('clinic');
  server.logins.set('weak', { password });
  server.logins.set('seeing', { password, sees: true });
  expect(await open({ user: 'weak' }).clients(signal)).toEqual({
    clients: [],
    unseen: 'GRANT VIEW SERVER STATE TO [weak];',
  });
  using _client = await app();
  expect(await failure(open({ user: 'seeing' }).disconnect(signal))).toMatchObject({
    code: 'database-denied',
    params: { grant: 'GRANT ALTER ANY CONNECTION TO [seeing];' },
  });
  const fence = { engine: 'sqlserver', database: 'clinic', id: '7' } as const;
  expect(await failure(open({ user: 'weak' }).shutOut(fence, signal))).toMatchObject({
    code: 'database-denied',
    params: { grant: 'ALTER SERVER ROLE dbcreator ADD MEMBER [weak];' },
  });
});

testWith('openssl')(
  'TLS is proven by its certificate, and a server without it gets no password',
  async () => {
    const folder = serverFolder('ms');
    const { certificate, key } = makeCertificate(folder);
    const tls = { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
    await using secure = await new FakeSqlserver({ tls }).start();
    secure.create('clinic');
    const { port } = secure;
    expect(await open({ port, tls: { ca: certificate } }).ping(signal)).toBe('SQL Server 2022');
    expect(await failure(open({ port, tls: true }).ping(signal))).toMatchObject({
      code: 'database-unreachable',
      params: { why: expect.stringContaining('self-signed certificate') },
    });
    expect(await failure(open({ tls: { ca: certificate } }).ping(signal))).toMatchObject({
      code: 'database-unreachable',
      params: { why: 'it has no TLS' },
    });
  },
);

test('the port of a named instance is asked of the browser, once more where an answer is lost', async () => {
  const browser = createSocket('udp4');
  const asked: string[] = [];
  browser.on('message', (question, { port, address }) => {
    asked.push(question.toString('latin1'));
    const words = 'ServerName;DB;InstanceName;CLINIC;IsClustered;No;Version;16.0.1;tcp;50123;;';
    const head = Buffer.from([5, words.length, 0]);
    if (asked.length > 1) browser.send(Buffer.concat([head, Buffer.from(words)]), port, address);
  });
  browser.bind(0, '127.0.0.1');
  await once(browser, 'listening');
  const order = { host: '127.0.0.1', instance: 'CLINIC', port: browser.address().port };
  expect(await findInstance(order, signal)).toBe(50_123);
  expect(asked).toEqual(['\x04CLINIC\0', '\x04CLINIC\0']);
  browser.close();
});

test('values of all kinds are text, and a server on this machine is proposed with its rights', () => {
  const values = [true, 7, '8', null, Buffer.from([1, 255]), new Date(0)];
  expect(values.map(textOf)).toEqual(['1', '7', '8', null, '0x01FF', '1970-01-01T00:00:00.000Z']);
  expect(findLocalSqlserver('kedge', '/nowhere')).toEqual([]);
  const [found] = findLocalSqlserver('kedge', process.execPath);
  expect(found?.sql[0]).toContain("not yet run against Microsoft's engine");
  expect(found?.sql.join('\n')).toContain('ALTER SERVER ROLE dbcreator ADD MEMBER [kedge];');
  const proposed = (text = '') => JSON.parse(`{${text}}`).database;
  const config = Config.parse({
    application: { id: 'clinic', name: 'Clinic' },
    sources: { database: proposed(found?.source) },
    stores: {},
    services: { database: proposed(found?.service) },
  });
  expect(config.services).toMatchObject({
    database: { unit: 'mssql-server.service', role: 'database', probes: [{ kind: 'sql' }] },
  });
});
