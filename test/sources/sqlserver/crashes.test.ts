import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { setFaultHook } from '../../../agent/os/faults.ts';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { openSqlserverSource } from '../../../agent/sources/sqlserver/source.ts';
import { crashAt } from '../../support/crash-at.ts';
import { dieEverywhere, operationsOf } from '../../support/die-everywhere.ts';
import { password, SqlserverFixture } from '../../support/sqlserver-fixture.ts';
import { FakeSqlserver } from '../../support/tds/fake-sqlserver.ts';

let server: FakeSqlserver;

beforeAll(async () => {
  server = await new FakeSqlserver().start();
  server.logins.set('app', { password });
});
afterAll(async () => await server[Symbol.asyncDispose]());
afterEach(() => {
  server.before = () => undefined;
  server.after = () => undefined;
  setFaultHook(undefined);
});

const numbers = Array.from({ length: 99 }, (_, n) => n).values();

function small(): SqlserverFixture {
  const name = `small_${numbers.next().value}`;
  server.create(name).put('visit', ['1', '2', '3']);
  return new SqlserverFixture(server, name);
}

const rowsOf = ({ live }: SqlserverFixture): number | undefined => live?.rows('visit')?.length;

/** Back, or through; clients get in, nothing half made is left. */
async function expectSettled(app: SqlserverFixture, where: string): Promise<'old' | 'new'> {
  await app.recover();
  expect(findUnfinishedJournals(app.stateFolder), where).toEqual([]);
  expect([...app.services.running].toSorted(), where).toEqual(['host', 'server']);
  const databases = app.databases();
  expect(databases, where).toContain(`${app.database}|ONLINE|MULTI_USER`);
  expect(databases.join(), where).not.toContain('__kedge_new');
  return rowsOf(app) === 3 ? 'new' : 'old';
}

/** What the daemon does after the death of a job. */
async function clearAfter(app: SqlserverFixture, job: number): Promise<void> {
  const settings = app.config.sources['db'];
  if (settings?.engine !== 'sqlserver') throw new Error('another engine');
  await openSqlserverSource('db', settings).clearAfter?.({ job });
}

test('a restore and an undo that die at any step are settled: old or new, and clients get in', async () => {
  using app = small();
  const backup = await app.backup();
  app.live?.put('visit', ['2', '3']);
  const plan = await app.plan(backup);
  const settled = async (where: string, job: number) => {
    const end = await expectSettled(app, where);
    await clearAfter(app, job);
    expect(app.exchanged(), where).toEqual([]);
    return end;
  };
  const ends = await dieEverywhere({ app, plan, settled });
  process.stderr.write(`sqlserver: died at ${ends.old + ends.new} operations\n`);
  expect(ends.old).toBeGreaterThan(20);
  expect(ends.new).toBeGreaterThan(10);
}, 120_000);

/** Statements that change a database as a whole. */
const changing = /^(?:USE|ALTER DATABASE|RESTORE DATABASE|DROP DATABASE|DBCC)/;

test('the server killed before or after any statement of a restore comes up old or new, open to clients', async () => {
  using app = small();
  const backup = await app.backup();
  app.live?.put('visit', ['2', '3']);
  const plan = await app.plan(backup);
  const from = server.said.length;
  await app.undo((await app.restore(plan)).undo ?? '');
  const count = server.said.slice(from).filter((sql) => changing.test(sql)).length;
  let killed = 0;
  for (const when of ['before', 'after'] as const) {
    for (let k = 1; k <= count; k += 1) {
      let seen = 0;
      server[when] = async (sql) => {
        if (changing.test(sql)) seen += 1;
        if (seen !== k || !changing.test(sql)) return;
        seen += 1000;
        killed += 1;
        await server.stop();
        await server.start();
        // It died in the middle of it.
        if (when === 'before') throw new Error('the server was killed');
      };
      const work = app.work();
      await app.restore(plan, work).catch(() => undefined);
      server[when] = () => undefined;
      const end = await expectSettled(app, `${when} statement ${k}`);
      if (end === 'new') await app.undo(`undo-${work.job}`);
      expect(rowsOf(app), `${when} statement ${k}`).toBe(2);
      if (seen < k) break;
    }
  }
  process.stderr.write(`sqlserver: killed the server ${killed} times\n`);
  expect(killed).toBeGreaterThan(15);
}, 120_000);

test('a backup whose process dies leaves nothing in the exchange folder', async () => {
  using app = small();
  const operations = await operationsOf(async () => await app.backup());
  for (const k of operations) {
    const work = app.work();
    {
      using point = crashAt(k);
      await app.backup(undefined, 'schedule', work).catch(() => undefined);
      expect(point.crashed).toBe(true);
    }
    await clearAfter(app, work.job);
    expect(app.exchanged(), `operation ${k}`).toEqual([]);
  }
});
