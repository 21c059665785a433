import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { runVerify } from '../../../agent/backup/run-verify.ts';
import { howFarTried } from '../../../agent/databases/sqlserver/how-far-tried.ts';
import { runDrill } from '../../../agent/drill/run-drill.ts';
import type { SqlserverSourceSettings } from '../../../agent/sources/sqlserver/settings.ts';
import { openSqlserverSource } from '../../../agent/sources/sqlserver/source.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { SqlserverFixture } from '../../support/sqlserver-fixture.ts';
import { FakeSqlserver } from '../../support/tds/fake-sqlserver.ts';

let server: FakeSqlserver;

beforeAll(async () => {
  server = await new FakeSqlserver().start();
});
afterAll(async () => await server[Symbol.asyncDispose]());
afterEach(() => {
  server.before = () => undefined;
});

const { signal } = new AbortController();
const numbers = Array.from({ length: 99 }, (_, n) => n).values();

function small(rows = 3, changes: Partial<SqlserverSourceSettings> = {}): SqlserverFixture {
  const name = `small_${numbers.next().value}`;
  const database = server.create(name);
  database.put(
    'visit',
    Array.from({ length: rows }, (_, n) => `visit ${n} ${hash('md5', String(n))}`),
  );
  return new SqlserverFixture(server, name, changes);
}

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

const preflight = async (app: SqlserverFixture) => {
  const settings = app.config.sources['db'];
  if (settings?.engine !== 'sqlserver') throw new Error('another engine');
  return await openSqlserverSource('db', settings).preflight(signal);
};

const lastBackup = (): string => server.said.findLast((sql) => sql.startsWith('BACKUP')) ?? '';

test('a scheduled full is the base of the differentials of the server, one taken by hand is none', async () => {
  using app = small();
  await app.backup();
  expect(lastBackup()).toMatch(
    /^BACKUP DATABASE \[small_\d\] TO DISK = N'\/var\/opt\/mssql\/exchange\/kedge-[0-9a-f]{12}-1-full\.bak' WITH FORMAT, INIT, NO_COMPRESSION, CHECKSUM, STATS = 5, NAME = N'kedge job 1'$/,
  );
  const { base } = app.live ?? {};
  expect(base).toBeDefined();
  await app.backup(undefined, 'manual');
  expect(lastBackup()).toContain('WITH COPY_ONLY, FORMAT');
  expect(app.live?.base).toBe(base);
});

test('a differential of more than a block holds what changed, and verifies with its full', async () => {
  using app = small(60_000);
  const full = await app.backup();
  app.live?.put('pet', ['cat']);
  const differential = await app.backup(full);
  expect(lastBackup()).toContain('WITH DIFFERENTIAL, FORMAT');
  expect(await app.notes(differential)).toEqual([]);
  expect(differential.sizeBytes).toBeLessThan(full.sizeBytes / 10);
  expect(await runVerify(differential.path, app.work())).toMatchObject({ integrity: 'ok' });
  app.live?.put('visit', []);
  await app.restore(await app.plan(differential));
  expect([app.live?.rows('visit')?.length, app.live?.rows('pet')]).toEqual([60_000, ['cat']]);
});

test('where another full was taken since, or its own was taken by hand, a differential holds a whole backup and says why', async () => {
  using app = small();
  const full = await app.backup();
  const other = app.live;
  if (other !== undefined) other.base = { guid: 'A1B2', lsn: other.checkpoint() };
  other?.put('pet', ['cat']);
  const whole = await app.backup(full);
  expect(whole.kind).toBe('differential');
  expect(lastBackup()).toContain('WITH COPY_ONLY');
  expect(await app.notes(whole)).toEqual([
    'source "db": a whole backup is in this differential: another full was taken of it since, not by this',
  ]);
  const byHand = await app.backup(undefined, 'manual');
  expect(await app.notes(await app.backup(byHand))).toEqual([
    expect.stringContaining('the full was taken by hand'),
  ]);
  other?.put('pet', []);
  await app.restore(await app.plan(whole));
  expect(app.live?.rows('pet')).toEqual(['cat']);
});

test('a full that somebody takes between the question and the differential is noticed', async () => {
  using app = small();
  const full = await app.backup();
  server.before = (sql) => {
    const { live } = app;
    if (live === undefined || !sql.includes('WITH DIFFERENTIAL')) return;
    live.base = { guid: 'A1B2', lsn: live.checkpoint() };
  };
  expect(await app.notes(await app.backup(full))).toEqual([
    expect.stringContaining('meanwhile, not by this'),
  ]);
  expect(app.exchanged()).toEqual([]);
});

test('a connection that breaks in the middle leaves no backup and no file', async () => {
  using app = small();
  server.before = (sql, session) => {
    if (sql.startsWith('writing')) session.kill();
  };
  expect(await failure(app.backup())).toMatchObject({
    code: 'nothing-captured',
    params: { problem: expect.stringContaining('it closed the connection') },
  });
  expect(app.exchanged()).toEqual([]);
});

test('a backup that is damaged in the exchange folder is refused by its server', async () => {
  using app = small();
  server.before = (sql) => {
    if (sql.startsWith('RESTORE VERIFYONLY')) {
      const [name = ''] = app.exchanged();
      const path = join(server.exchange, name);
      const bytes = readFileSync(path);
      bytes[40] = (bytes[40] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    }
  };
  expect(await failure(app.backup())).toMatchObject({
    code: 'nothing-captured',
    params: { problem: expect.stringContaining('Damage to the backup set was detected') },
  });
  expect(app.exchanged()).toEqual([]);
});

test('the exchange folder is tried both ways before anything is taken', async () => {
  using app = small();
  const from = server.said.length;
  expect(await preflight(app)).toMatchObject({
    files: 2,
    scratchBytes: 0,
    warnings: [howFarTried],
  });
  expect((await preflight(app)).problem).toBeUndefined();
  const said = server.said.slice(from);
  expect(said.filter((sql) => sql.startsWith('BACKUP DATABASE [model]')).length).toBe(2);
  const exchange = { server: '/var/opt/mssql/other', here: server.exchange };
  using wrong = new SqlserverFixture(server, app.database, { exchange });
  expect((await preflight(wrong)).problem).toMatchObject({
    code: 'exchange-unusable',
    params: { why: expect.stringContaining("the server can't read what Kedge writes there") },
  });
  const nowhere = { server: server.exchangeThere, here: '/nowhere' };
  using missing = new SqlserverFixture(server, app.database, { exchange: nowhere });
  expect((await preflight(missing)).problem).toMatchObject({ code: 'exchange-unusable' });
  expect(app.exchanged()).toEqual([]);
});

test('each missing right is named with the SQL that gives it', async () => {
  using app = small();
  server.logins.set('weak', { password: 'Secret-1' });
  using weak = new SqlserverFixture(server, app.database, { user: 'weak' });
  app.live?.users.set('weak', 'reader');
  expect((await preflight(weak)).problem).toEqual({
    code: 'database-denied',
    params: {
      product: 'SQL Server',
      user: 'weak',
      what: `back up the database "${app.database}"`,
      grant: `USE [${app.database}]; CREATE USER [weak] FOR LOGIN [weak]; ALTER ROLE db_owner ADD MEMBER [weak];`,
    },
  });
  const backup = await app.backup();
  expect((await weak.plan(backup)).obstacles).toEqual([
    `source "db": "weak" may not create databases and look into backups (ALTER SERVER ROLE dbcreator ADD MEMBER [weak];)`,
    expect.stringContaining(
      `"weak" may not back up, check and enter the database "${app.database}"`,
    ),
    expect.stringContaining(
      '"weak" may not end the connections of others (GRANT ALTER ANY CONNECTION TO [weak];)',
    ),
  ]);
});

test('the login that the messages ask for may back up, restore and undo', async () => {
  server.logins.set('least', { password: 'Secret-1', creates: true, ends: true, sees: true });
  server.appUsers.set('least', 'owner');
  using made = small();
  made.live?.users.set('least', 'owner');
  using app = new SqlserverFixture(server, made.database, { user: 'least' });
  const backup = await app.backup();
  expect(backup.outcome).toBe('complete');
  app.live?.put('visit', []);
  const plan = await app.plan(backup);
  expect(plan.obstacles).toEqual([]);
  const { undo = '', notes } = await app.restore(plan);
  expect(app.live?.rows('visit')?.length).toBe(3);
  expect(notes).toEqual([expect.stringContaining('it belongs to "least" instead of "app_owner"')]);
  await app.undo(undo);
  expect(app.live?.rows('visit')).toEqual([]);
});

test('what keeps a database from changing its name, and what a restore turns off, is said', async () => {
  using app = small();
  const { live } = app;
  if (live === undefined) throw new Error('no database');
  live.options = ['TRUSTWORTHY', 'ENABLE_BROKER'];
  const backup = await app.backup();
  live.options = ['replica', 'cdc'];
  expect((await app.plan(backup)).obstacles).toEqual([
    'source "db": it is in an availability group, so it can\'t change its name',
    'source "db": change data capture is on in it, so it can\'t change its name',
  ]);
  live.options = [];
  live.state = 'OFFLINE';
  expect((await app.plan(backup)).obstacles).toEqual([expect.stringContaining('let-in')]);
  live.state = 'ONLINE';
  const { notes } = await app.restore(await app.plan(backup));
  expect(notes).toEqual([
    expect.stringContaining('SET TRUSTWORTHY ON'),
    expect.stringContaining('SET ENABLE_BROKER'),
  ]);
});

test('a restored database that CHECKDB finds fault with does not go live', async () => {
  using app = small();
  const backup = await app.backup();
  server.before = (sql) => {
    const [, name = ''] = /^DBCC CHECKDB\(\[(.*)\]\)/.exec(sql) ?? [];
    const made = server.find(name);
    if (made !== undefined) made.isCorrupt = true;
  };
  expect(await failure(app.restore(await app.plan(backup)))).toMatchObject({
    code: 'restore-refused',
    params: { why: expect.stringContaining('consistency errors') },
  });
  expect(app.databases()).toEqual([`${app.database}|ONLINE|MULTI_USER`]);
  expect(app.exchanged()).toEqual([]);
});

test('a database that is not there is missing, and comes back anew', async () => {
  using app = small();
  const backup = await app.backup();
  server.databases.splice(
    server.databases.findIndex(({ name }) => name === app.database),
    1,
  );
  expect(await failure(app.backup())).toMatchObject({
    code: 'nothing-captured',
    params: { problem: expect.stringContaining('does not exist') },
  });
  const checks: string[] = [];
  server.before = (sql) => {
    if (sql.startsWith('DBCC CHECKDB')) checks.push(sql);
  };
  const { undo = '' } = await app.restore(await app.plan(backup));
  expect(app.live?.rows('visit')?.length).toBe(3);
  expect(checks, 'of a large one it takes hours').toHaveLength(1);
  await app.undo(undo);
  expect(app.databases()).toEqual([`${app.database}__kedge_undo_N|OFFLINE|SINGLE_USER`]);
});

test('a drill restores it beside what is live, checks and drops it; what its server finds wrong is told', async () => {
  using app = small();
  const full = await app.backup();
  app.live?.put('pet', ['cat']);
  const backup = await app.backup(full);
  const drill = async () => {
    const work = app.work();
    const order = { drill: `drill-${work.job}`, backup, probe: false, installation: 'here' };
    return await runDrill(order, app.config, work);
  };
  const good = await drill();
  expect([good.outcome, good.problems]).toEqual(['proven', []]);
  expect(good.sources[0]?.notes).toEqual([
    expect.stringMatching(
      /^restored into its server as "small_\d+__kedge_drill_\d+" in [\d.]+ s, checked/,
    ),
  ]);
  server.before = (sql) => {
    const [, name = ''] = /^DBCC CHECKDB\(\[(.*)\]\)/.exec(sql) ?? [];
    const made = server.find(name);
    if (made !== undefined) made.isCorrupt = true;
  };
  const bad = await drill();
  expect(bad.problems).toEqual([expect.stringContaining('consistency errors')]);
  expect([app.databases(), app.exchanged()]).toEqual([[`${app.database}|ONLINE|MULTI_USER`], []]);
});
