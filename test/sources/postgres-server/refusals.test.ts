import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlRow } from '../../../agent/databases/sql-session.ts';
import { readServer } from '../../../agent/sources/postgres-server/read-server.ts';
import { elsewhere } from '../../../agent/sources/postgres-server/restore-findings.ts';
import { findServerPrograms } from '../../../agent/sources/postgres-server/server-programs.ts';
import type { PostgresServerSettings } from '../../../agent/sources/postgres-server/settings.ts';
import { openSource } from '../../../agent/sources/source-kinds.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { dataOf, wholePostgresApp } from '../../support/postgres-server-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { own } from '../../support/private-server.ts';
import { until } from '../../support/until.ts';

const { signal } = new AbortController();
let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

function settingsOf(changes: Partial<PostgresServerSettings> = {}): PostgresServerSettings {
  const { socket } = server;
  return { engine: 'postgres-server', data: dataOf(server), socket, user: 'postgres', ...changes };
}

/** What keeps it from being backed up, as it is asked before. */
async function problemWith(changes: Partial<PostgresServerSettings> = {}) {
  return (await openSource('db', settingsOf(changes)).preflight(signal)).problem;
}

const notCopied = (why: string | RegExp) => ({
  code: 'postgres-not-copied',
  params: { source: 'db', why: expect.stringMatching(why) },
});

testWithPostgres('what a server lacks to be copied is named, each by itself', async () => {
  const access = join(dataOf(server), 'pg_hba.conf');
  const lines = readFileSync(access, 'utf8');
  writeFileSync(access, lines.replace('local replication all trust', ''));
  server.sql('SELECT pg_reload_conf()');
  await until(async () => (await problemWith()) !== undefined);
  expect(await problemWith()).toMatchObject(
    notCopied(/no line for it .*: local replication "postgres" peer$/),
  );
  writeFileSync(access, lines);
  server.sql('SELECT pg_reload_conf()');
  await until(async () => (await problemWith()) === undefined);
  server.sql('CREATE ROLE reader LOGIN');
  expect(await problemWith({ user: 'reader' })).toMatchObject({
    code: 'database-denied',
    params: { user: 'reader', grant: 'ALTER ROLE "reader" REPLICATION;' },
  });
  server.sql('ALTER ROLE reader REPLICATION');
  expect(await openSource('db', settingsOf({ user: 'reader' })).preflight(signal)).toMatchObject({
    warnings: expect.arrayContaining([expect.stringContaining('GRANT pg_monitor would')]),
  });
  expect(await problemWith({ data: '/srv/other' })).toMatchObject(
    notCopied(`"data" is "/srv/other", and its data folder is "${dataOf(server)}"`),
  );
  const outside = join(server.folder, 'outside');
  mkdirSync(outside);
  own(outside);
  server.sql(`CREATE TABLESPACE far LOCATION '${outside}'`);
  expect(await problemWith()).toMatchObject(
    notCopied(`tablespaces outside of its data folder: far at ${outside}`),
  );
  server.sql('DROP TABLESPACE far');
});

test('settings that forbid a copy, an old version and a standby are refused by name', async () => {
  const asked = async (version: string, row: SqlRow) => {
    const session = { version, query: async () => [row], [Symbol.dispose]: () => undefined };
    return await readServer(session, { source: 'db', data: '/data' }, signal).catch(failureOf);
  };
  expect(await asked('15.1', { standby: 't' })).toMatchObject(notCopied('it is a standby'));
  expect(await asked('15.1', { wal_level: 'minimal' })).toMatchObject(
    notCopied('wal_level is "minimal"'),
  );
  expect(await asked('15.1', { max_wal_senders: '0' })).toMatchObject(
    notCopied('max_wal_senders is 0'),
  );
  expect(await asked('14.9', {})).toMatchObject(notCopied('its version is 14.9, and only 15'));
});

testWithPostgres(
  'a version without its server program, or another one live, stands in the plan',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kedge-pg-none-'));
    expect(await findServerPrograms('db', 99, signal, folder).catch(failureOf)).toMatchObject({
      code: 'server-program-missing',
      params: { version: '99', package: 'postgresql-99' },
    });
    rmSync(folder, { recursive: true });
    using app = wholePostgresApp(server);
    const backup = await app.backup();
    const version = join(dataOf(server), 'PG_VERSION');
    const was = readFileSync(version);
    writeFileSync(version, '14\n');
    const { obstacles } = await app.plan(backup);
    writeFileSync(version, was);
    expect(obstacles).toEqual([
      expect.stringMatching(/is of version 14, and the backup of \d+\.\d+/),
    ]);
  },
);

testWithPostgres('a server that nothing stops is not exchanged', async () => {
  using app = wholePostgresApp(server);
  const backup = await app.backup();
  const { server: _, ...services } = app.config.services ?? {};
  const host = { ...services['host'], dependsOn: [] };
  app.config = { ...app.config, services: JSON.parse(JSON.stringify({ host })) };
  expect((await app.plan(backup)).obstacles).toEqual([
    expect.stringMatching(/a server runs on its data folder \(postgres, process \d+\)/),
  ]);
});

test('a server with the same path on another machine is not taken for the one of this', async () => {
  const [data, asked] = ['/data/15', { folder: '/data/15', serverId: '7' }];
  expect([
    await elsewhere(asked, data, '7'),
    await elsewhere(asked, data, '8'),
    await elsewhere(asked, data, undefined),
    await elsewhere({ ...asked, folder: '' }, data, '8'),
    await elsewhere(asked, '/data/16', '7'),
  ]).toEqual([undefined, 'on another machine', undefined, 'in another folder', 'in "/data/15"']);
});
