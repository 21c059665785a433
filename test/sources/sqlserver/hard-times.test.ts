import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { askedSqlserver } from '../../../agent/databases/sqlserver/asked-sqlserver.ts';
import { runLong } from '../../../agent/sources/sqlserver/long-statement.ts';
import { backupSql } from '../../../agent/sources/sqlserver/native-backup.ts';
import { openSession, watched } from '../../../agent/sources/sqlserver/sessions.ts';
import { serverOf } from '../../../agent/sources/sqlserver/settings.ts';
import { openSqlserverSource } from '../../../agent/sources/sqlserver/source.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { SqlserverFixture } from '../../support/sqlserver-fixture.ts';
import { type FakeLogin, FakeSqlserver } from '../../support/tds/fake-sqlserver.ts';
import { TdsError } from '../../support/tds/server.ts';
import { until } from '../../support/until.ts';

let server: FakeSqlserver;

beforeAll(async () => {
  server = await new FakeSqlserver().start();
});
afterAll(async () => await server[Symbol.asyncDispose]());
afterEach(() => {
  server.before = () => undefined;
  server.during = () => undefined;
  server.version = '16.0.4135.4';
  server.isSilent = false;
});

const { signal } = new AbortController();
const numbers = Array.from({ length: 99 }, (_, n) => n).values();

function small(): SqlserverFixture {
  const name = `small_${numbers.next().value}`;
  server.create(name).put('visit', ['1', '2', '3']);
  return new SqlserverFixture(server, name);
}

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

/** What is said at the next statement that begins so. */
function refuse(begins: string, number: number, text: string): void {
  const abnormal = { number: 3013, text: `${begins} is terminating abnormally.` };
  server.before = (sql) => {
    if (sql.startsWith(begins)) throw new TdsError({ number, text }, abnormal);
  };
}

test('how far a backup and a restore are in their server is told in bytes, step by step', async () => {
  using app = small();
  const told: string[] = [];
  const telling = () => {
    const work = app.work();
    const progress = (step: string, done: number, total: number): void => {
      told.push(`${step}|${total > 0 ? Math.round((100 * done) / total) : '?'}`);
    };
    return { ...work, progress };
  };
  const backup = await app.backup(undefined, 'schedule', telling());
  const step = (begin: string): readonly string[] =>
    told.filter((line) => line.startsWith(begin)).map((line) => line.split('|')[1] ?? '');
  const all = Array.from({ length: 21 }, (_, n) => String(n * 5));
  expect(step('back up db in its server')).toEqual(all);
  expect(step('check the backup of db')).toEqual(['0', '100']);
  told.length = 0;
  await app.backup(backup, 'schedule', telling());
  // How much there will be of a differential nobody knows.
  expect(told.filter((line) => line.startsWith('back up')).slice(0, 3)).toEqual([
    'back up db in its server|?',
    'back up db in its server: 5 %|?',
    'back up db in its server: 10 %|?',
  ]);
  told.length = 0;
  await app.restore(await app.plan(backup), telling());
  expect(step('check the backup of db in its server')).toEqual(['0', '100']);
  expect(step('restore db in its server')).toEqual(all);
  expect(step('check db in its server')).toEqual(['?']);
});

test('between its own words a server that lets Kedge look is asked how far it is; one that does not is no reason to fail', async () => {
  using app = small();
  const settings = app.config.sources['db'];
  if (settings?.engine !== 'sqlserver') throw new Error('another engine');
  server.logins.set('blind', { password: 'Secret-1' });
  const folder = server.exchange;
  const told: number[] = [];
  const backUp = async (user: string, onPercent: (percent: number) => void): Promise<void> => {
    const there = { ...serverOf(settings), user };
    app.live?.users.set(user, 'owner');
    const order = { kind: 'full', copyOnly: true } as const;
    const sql = backupSql(app.database, `${server.exchangeThere}/look.bak`, order, 'look');
    await runLong({ server: there, sql, folder, onPercent, lookMs: 5 }, signal);
  };
  const seen = Promise.withResolvers<void>();
  // It says nothing of these before somebody has asked.
  server.during = async (percent) => (percent === 15 ? await seen.promise : undefined);
  await backUp('sa', (percent) => {
    told.push(percent);
    if (percent === 15) seen.resolve();
  });
  server.during = () => undefined;
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBe(100);
  await backUp('blind', () => undefined);
  rmSync(join(folder, 'look.bak'));
});

test('no space is named: in the exchange folder with what is free there, on the disks of the server with its words', async () => {
  using app = small();
  const system = '112(There is not enough space on the disk.)';
  refuse('BACKUP DATABASE [small', 3202, `Write on "/x/full.bak" failed: ${system}`);
  expect(await failure(app.backup())).toMatchObject({
    code: 'no-space',
    params: { path: server.exchange, free: expect.stringMatching(/iB$/) },
  });
  server.before = () => undefined;
  const backup = await app.backup();
  const plan = await app.plan(backup);
  const words: readonly (readonly [string, number, string])[] = [
    ['RESTORE DATABASE', 3257, "There is insufficient free space on disk volume '/var' to create"],
    ['RESTORE DATABASE', 5149, `MODIFY FILE encountered operating system error ${system}`],
    ['DBCC CHECKDB', 1105, "Could not allocate space for object 'work' in database 'tempdb'"],
    ['RESTORE VERIFYONLY', 9002, "The transaction log for database 'master' is full"],
  ];
  for (const [begins, number, text] of words) {
    refuse(begins, number, text);
    expect(await failure(app.restore(plan)), text).toMatchObject({
      code: 'database-no-space',
      params: { where: `127.0.0.1:${server.port}`, why: expect.stringContaining(text) },
    });
    expect([app.databases(), app.exchanged()], text).toEqual([
      [`${app.database}|ONLINE|MULTI_USER`],
      [],
    ]);
  }
});

test('what ails the server is not taken for damage of the backup, and a drill does not say so', async () => {
  using app = small();
  const backup = await app.backup();
  const plan = await app.plan(backup);
  refuse('DBCC CHECKDB', 7928, 'The database snapshot for online checks could not be created');
  expect(await failure(app.restore(plan))).toMatchObject({ code: 'database-failed' });
  server.before = (sql, session) => {
    if (sql.startsWith('RESTORE VERIFYONLY')) session.kill();
  };
  expect(await failure(app.restore(plan))).toMatchObject({
    code: 'database-failed',
    params: { why: expect.stringContaining('it closed the connection') },
  });
  refuse('RESTORE VERIFYONLY', 3189, 'Damage to the backup set was detected.');
  expect(await failure(app.restore(plan))).toMatchObject({
    code: 'restore-refused',
    params: { why: expect.stringContaining('is damaged') },
  });
  expect([app.databases(), app.exchanged()]).toEqual([[`${app.database}|ONLINE|MULTI_USER`], []]);
});

test('of a login that lacks one right exactly that one is named, for a backup and for a restore', async () => {
  using app = small();
  const backup = await app.backup();
  const all = { password: 'Secret-1', creates: true, ends: true, sees: true };
  const lacking = async (user: string, login: FakeLogin, role: 'owner' | 'reader') => {
    server.logins.set(user, login);
    app.live?.users.set(user, role);
    using other = new SqlserverFixture(server, app.database, { user });
    const settings = other.config.sources['db'];
    if (settings?.engine !== 'sqlserver') throw new Error('another engine');
    const { problem } = await openSqlserverSource('db', settings).preflight(signal);
    const { obstacles } = await other.plan(backup);
    const grants = obstacles.map((words) => /\((?:USE|ALTER|GRANT).*;\)/.exec(words)?.[0] ?? words);
    return { backup: problem?.params, restore: grants };
  };
  const own = `USE [${app.database}]; CREATE USER [reads] FOR LOGIN [reads]; ALTER ROLE db_owner ADD MEMBER [reads];`;
  const create = 'ALTER SERVER ROLE dbcreator ADD MEMBER [makes-none];';
  expect(await lacking('reads', all, 'reader')).toEqual({
    backup: expect.objectContaining({ grant: own }),
    restore: [`(${own})`],
  });
  expect(await lacking('makes-none', { ...all, creates: false }, 'owner')).toEqual({
    backup: expect.objectContaining({ grant: create }),
    restore: [`(${create})`],
  });
  expect(await lacking('ends-none', { ...all, ends: false }, 'owner')).toEqual({
    backup: undefined,
    restore: ['(GRANT ALTER ANY CONNECTION TO [ends-none];)'],
  });
  expect(await lacking('blind', { ...all, sees: false }, 'owner')).toEqual({
    backup: undefined,
    restore: [],
  });
});

test('an older server does not take the backup of a newer one, and the plan says so', async () => {
  using app = small();
  const backup = await app.backup();
  server.version = '15.0.4430.1';
  expect((await app.plan(backup)).obstacles).toEqual(
    [
      "it was taken from SQL Server 16.0.4135.4, and this one is 15.0.4430.1: an older one can't take it",
    ].map((why) => expect.stringContaining(why)),
  );
  server.version = '17.0.1000.7';
  expect((await app.plan(backup)).obstacles).toEqual([]);
});

test('a statement to a server that answers nobody any more ends', async () => {
  using app = small();
  const settings = app.config.sources['db'];
  if (settings?.engine !== 'sqlserver') throw new Error('another engine');
  const there = serverOf(settings);
  using session = await openSession(there, 'master', signal);
  const patient = askedSqlserver(there, { everyMs: 20, withinMs: 30_000, missesAtMost: 2 });
  let answered = 0;
  const answers = async (over: AbortSignal): Promise<void> => {
    await patient.answers(over);
    answered += 1;
  };
  server.before = async (sql) => {
    if (sql === 'SELECT 1') await until(() => answered > 3);
  };
  // One that takes long is waited for as long as the server answers others.
  expect(await watched(session, { ...patient, answers }).query('SELECT 1', signal)).toEqual([
    { one: '1' },
  ]);
  const quick = askedSqlserver(there, { everyMs: 20, withinMs: 100, missesAtMost: 2 });
  const asked = watched(session, quick);
  server.isSilent = true;
  expect(await failure(asked.query('SELECT 1', signal))).toMatchObject({
    code: 'database-unreachable',
    params: { why: 'it does not answer any more' },
  });
});
