import { copyFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
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

function small(name: string): SqlserverFixture {
  server.create(name).put('visit', ['1', '2', '3']);
  return new SqlserverFixture(server, name);
}

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

/** A second source of the same database. */
function both({ config }: SqlserverFixture): SqlserverFixture['config']['sources'] {
  const { db } = config.sources;
  return db === undefined ? {} : { db, second: db };
}

test('neither another Kedge nor another source of a job takes or removes what is in the exchange folder', async () => {
  using app = small('shared');
  const other = 'kedge-0123456789ab-0-probe-1.txt';
  using twin = new SqlserverFixture(server, app.database);
  twin.config = { ...twin.config, sources: both(app) };
  const settings = app.config.sources['db'];
  if (settings?.engine !== 'sqlserver') throw new Error('another engine');
  const names: (readonly string[])[] = [];
  let isFirst = true;
  server.before = async (sql) => {
    if (!sql.startsWith('RESTORE FILELISTONLY') || !isFirst) return;
    isFirst = false;
    writeFileSync(join(server.exchange, other), '');
    names.push(app.exchanged());
    const there = { job: 1, installation: 'there' };
    await twin.backup(undefined, 'manual', { ...twin.work(1), installation: 'there' });
    await openSqlserverSource('db', settings).clearAfter?.(there);
    await openSqlserverSource('second', settings).clearAfter?.({ job: 1 });
    names.push(app.exchanged());
  };
  const backup = await app.backup();
  expect(names[1]).toEqual(names[0]);
  expect(names[0]).toHaveLength(2);
  expect(backup.outcome).toBe('complete');
  expect(app.exchanged()).toEqual([other]);
  rmSync(join(server.exchange, other));
});

test('what a dying doctor, or an installation that is another one now, left there is removed when it is old', async () => {
  using app = small('forgotten');
  const now = Date.now() / 1000;
  const left = (name: string, seconds: number): string => {
    const path = join(server.exchange, name);
    writeFileSync(path, '');
    utimesSync(path, now - seconds, now - seconds);
    return name;
  };
  const day = 86_400;
  left('kedge-0123456789ab-0-probe-1.txt', day);
  left('kedge-0123456789ab-17-full.bak', 8 * day);
  const kept = [
    left('kedge-0123456789ab-0-probe-2.bak', 60),
    left('kedge-0123456789ab-18-full.bak', 6 * day),
    left('kedge-of-somebody.bak', 99 * day),
  ];
  await app.backup();
  expect(app.exchanged().toSorted()).toEqual(kept.toSorted());
  for (const name of kept) rmSync(join(server.exchange, name));
});

test('what somebody puts in the place of a backup that was taken is not archived for it', async () => {
  using app = small('replaced');
  const copy = join(app.home, 'copy.bak');
  let isCopied = false;
  server.before = (sql) => {
    if (!sql.startsWith('RESTORE FILELISTONLY')) return;
    const path = join(server.exchange, app.exchanged()[0] ?? '');
    if (isCopied) copyFileSync(copy, path);
    else copyFileSync(path, copy);
    isCopied = true;
  };
  await app.backup();
  expect(await failure(app.backup())).toMatchObject({
    code: 'source-miscounted',
    params: { problem: expect.stringContaining('is another backup than the one that was taken') },
  });
  expect(app.exchanged()).toEqual([]);
});
