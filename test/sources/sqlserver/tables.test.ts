import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { howFarTried } from '../../../agent/databases/sqlserver/how-far-tried.ts';
import { copyName } from '../../../agent/sources/sqlserver/copy-name.ts';
import { openSqlserverSource } from '../../../agent/sources/sqlserver/source.ts';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { crashAt } from '../../support/crash-at.ts';
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

const numbers = Array.from({ length: 99 }, (_, n) => n).values();

/** Three visits and a pet were there when the backup was taken; one visit is now. */
async function changed(): Promise<{ app: SqlserverFixture; backup: Backup }> {
  const name = `small_${numbers.next().value}`;
  const live = server.create(name);
  live.put('visit', ['1', '2', '3']);
  live.put("pet's", ['cat']);
  const app = new SqlserverFixture(server, name);
  const full = await app.backup();
  live.put('owner', ['Ada']);
  const backup = await app.backup(full);
  live.put('visit', ['1']);
  return { app, backup };
}

const beside = { kind: 'beside' } as const;
const parts = (...tables: readonly string[]): RestorePlan['parts'] => [
  { source: 'db', tables: tables.map((table) => ({ table })) },
];
const tablesOf = ({ live }: SqlserverFixture): readonly string[] =>
  (live?.counts ?? []).map(({ table, rows }) => `${table}|${rows}`).toSorted();

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

test('tables of a differential come beside the live ones by one transaction, and nothing else is touched', async () => {
  const { app, backup } = await changed();
  using _app = app;
  const asked = { mode: beside, parts: parts('visit', "dbo.pet's") };
  const plan = await app.plan(backup, asked);
  expect(plan).toMatchObject({ obstacles: [], services: [], downtimeSeconds: 0 });
  expect(plan.warnings).toContain(howFarTried);
  const before = tablesOf(app);
  const { outcome, notes, undo } = await app.restore(plan);
  expect([outcome, undo]).toEqual(['unpacked', undefined]);
  expect(notes).toEqual([
    expect.stringMatching(
      /^table dbo\.visit__kedge_then_\d{17} holds the 3 rows of dbo\.visit as they were; .*DROP TABLE \[dbo\]\.\[visit__kedge_then_\d{17}\];$/,
    ),
    expect.stringContaining("holds the 1 rows of dbo.pet's as they were"),
  ]);
  expect(tablesOf(app).filter((table) => !table.includes('__kedge_then_'))).toEqual(before);
  expect(tablesOf(app)).toHaveLength(before.length + 2);
  const said = server.said.findLast((sql) => sql.startsWith('SET XACT_ABORT ON')) ?? '';
  expect(said.split('\n').map((line) => line.replaceAll(/_9\d{20}|_\d{17}/g, '_N'))).toEqual([
    'SET XACT_ABORT ON;',
    'BEGIN TRANSACTION;',
    `SELECT * INTO [dbo].[visit__kedge_then_N] FROM [${app.database}__kedge_new_N].[dbo].[visit];`,
    `SELECT * INTO [dbo].[pet's__kedge_then_N] FROM [${app.database}__kedge_new_N].[dbo].[pet's];`,
    `IF (SELECT COUNT_BIG(*) FROM [dbo].[visit__kedge_then_N]) = (SELECT COUNT_BIG(*) FROM [${app.database}__kedge_new_N].[dbo].[visit]) AND (SELECT COUNT_BIG(*) FROM [dbo].[pet's__kedge_then_N]) = (SELECT COUNT_BIG(*) FROM [${app.database}__kedge_new_N].[dbo].[pet's])`,
    'BEGIN COMMIT TRANSACTION; END',
    'ELSE',
    'BEGIN ROLLBACK TRANSACTION; END',
  ]);
  expect([app.databases(), app.exchanged()]).toEqual([[`${app.database}|ONLINE|MULTI_USER`], []]);
});

test('in the place of live ones they are refused with what to do, as are unknown ones, rows and a merge', async () => {
  const { app, backup } = await changed();
  using _app = app;
  const plan = await app.plan(backup, { parts: parts('visit') });
  expect(plan.obstacles).toEqual([expect.stringContaining('(--beside)')]);
  expect(await failure(app.restore({ ...plan, obstacles: [] }))).toMatchObject({
    code: 'restore-refused',
  });
  const unknown = await app.plan(backup, { mode: beside, parts: parts('nothing') });
  expect(unknown.obstacles).toEqual([expect.stringContaining('the backup has no such table')]);
  const rows = [{ source: 'db', tables: [{ table: 'visit', keys: [['1']] }] }];
  expect((await app.plan(backup, { parts: rows })).obstacles).toEqual([
    expect.stringContaining('whole tables'),
  ]);
  const merge = await app.plan(backup, { mode: { kind: 'merge' } });
  expect(merge.obstacles).toEqual([expect.stringContaining("what is newer in it can't stay")]);
  expect(tablesOf(app)).toEqual(['owner|1', "pet's|1", 'visit|1']);
});

test('what fails on the way leaves neither tables nor a database; filtered rows are refused', async () => {
  const { app, backup } = await changed();
  using _app = app;
  const before = tablesOf(app);
  const plan = await app.plan(backup, { mode: beside, parts: parts('visit', "pet's") });
  server.before = (sql) => {
    if (sql === "copying pet's") throw new Error('the disk is gone');
  };
  expect(await failure(app.restore(plan))).toMatchObject({ code: 'database-failed' });
  server.before = () => undefined;
  server.losesRows = true;
  expect(await failure(app.restore(plan))).toMatchObject({
    code: 'restore-refused',
    params: { why: expect.stringContaining('not all rows of table "dbo.visit" came along') },
  });
  server.losesRows = false;
  server.before = (sql) => {
    const [, name = ''] = /^DBCC CHECKDB\(\[(.*)\]\)/.exec(sql) ?? [];
    server.find(name)?.filtered.add('visit');
  };
  expect(await failure(app.restore(plan))).toMatchObject({
    code: 'restore-refused',
    params: { why: expect.stringContaining('a security policy filters the rows') },
  });
  expect([tablesOf(app), app.databases()]).toEqual([before, [`${app.database}|ONLINE|MULTI_USER`]]);
});

test('Kedge killed at any operation of a copy leaves all of the tables or none, and what it made for them goes', async () => {
  const { app, backup } = await changed();
  using _app = app;
  const settings = app.config.sources['db'];
  if (settings?.engine !== 'sqlserver') throw new Error('another engine');
  const plan = await app.plan(backup, { mode: beside, parts: parts('visit', "pet's") });
  const before = tablesOf(app);
  const found = new Set<number>();
  for (let k = 1, hasCrashed = true; hasCrashed; k += 1) {
    const work = app.work();
    {
      using point = crashAt(k);
      await app.restore(plan, work).catch(() => undefined);
      hasCrashed = point.crashed;
    }
    const made = tablesOf(app).filter((table) => !before.includes(table));
    expect(tablesOf(app), `operation ${k}`).toEqual(expect.arrayContaining([...before]));
    found.add(made.length);
    for (const table of made) app.live?.drop(table.split('|')[0] ?? '');
    await openSqlserverSource('db', settings).clearAfter?.({ job: work.job });
    expect([app.databases(), app.exchanged()], `operation ${k}`).toEqual([
      [`${app.database}|ONLINE|MULTI_USER`],
      [],
    ]);
  }
  expect([...found].toSorted()).toEqual([0, 2]);
}, 60_000);

test('the database of a dead job goes when Kedge notices, or else with the next copy; that of a living one stays', async () => {
  const { app, backup } = await changed();
  using _app = app;
  const settings = app.config.sources['db'];
  if (settings?.engine !== 'sqlserver') throw new Error('another engine');
  for (const job of [700, 701, 702]) server.create(copyName(settings, { job }));
  await openSqlserverSource('db', settings).clearAfter?.({ job: 700 });
  expect(app.databases()).toHaveLength(3);
  await app.restore(await app.plan(backup, { mode: beside, parts: parts('visit') }));
  expect(app.databases()).toEqual([`${app.database}|ONLINE|MULTI_USER`]);
});
