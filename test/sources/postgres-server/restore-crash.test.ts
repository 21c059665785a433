import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type DiskOperation, setFaultHook } from '../../../agent/os/faults.ts';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { runningOn } from '../../../agent/sources/postgres-server/running-on.ts';
import { isLong } from '../../support/crash/is-long.ts';
import { crashAt } from '../../support/crash-at.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { wholePostgresApp } from '../../support/postgres-server-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { builtProgram } from '../../support/programs.ts';
import { until } from '../../support/until.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql('CREATE TABLE visit AS SELECT n AS id FROM generate_series(1, 3) n');
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const visits = (): string => server.sql('SELECT count(*) FROM visit');
const staged = (): readonly string[] =>
  readdirSync(server.folder).filter((name) => name.startsWith('.kedge'));

/** A server started or not, a folder in its place or not: of the rest the frame has its own tests. */
const telling = ['start server', 'rename', 'sync', 'remove tree'];

/**
 * Where to die: at what tells, or where there is time at all that differs: each kind of operation once where files are
 * unpacked, which is the same for all of them, and all that is done with other names.
 */
async function operationsOf(work: () => Promise<unknown>): Promise<readonly number[]> {
  const operations: DiskOperation[] = [];
  setFaultHook((operation) => operations.push(operation));
  await work();
  setFaultHook(undefined);
  const seen = new Set<string>();
  return operations.flatMap(({ name, path }, n) => {
    const isFile = /\/new\/data\/(?!\.)/.test(path) && name !== 'unlink';
    const what = `${name} ${isFile ? 'a file' : path.replaceAll(/\d+/g, '')}`;
    if (seen.has(what) || !(isLong || telling.includes(name))) return [];
    seen.add(what);
    return [n + 1];
  });
}

/** Dies at the k-th operation, then recovers as the next Kedge does. */
async function dieAt(app: DatabaseFixture, k: number, work: () => Promise<unknown>) {
  const point = crashAt(k);
  app.services.before = point.refuse;
  await work().catch(() => undefined);
  point[Symbol.dispose]();
  app.services.before = () => undefined;
  expect(point.crashed, `operation ${k}`).toBe(true);
  await app.recover();
  const { operation } = point;
  expect(findUnfinishedJournals(app.stateFolder), operation).toEqual([]);
  expect([...app.services.running].toSorted(), operation).toEqual(['host', 'server']);
  return { rows: visits(), operation };
}

testWithPostgres(
  'a restore and an undo that die at any step leave the old server or the new one, and it runs',
  async () => {
    using app = wholePostgresApp(server);
    const backup = await app.backup();
    server.sql('DELETE FROM visit WHERE id = 1');
    const plan = await app.plan(backup);
    let undo = '';
    const restoring = await operationsOf(async () => {
      undo = (await app.restore(plan)).undo ?? '';
    });
    const undoing = await operationsOf(async () => await app.undo(undo));
    const ends = new Set<string>();
    for (const k of restoring) {
      const work = app.work();
      const { rows, operation } = await dieAt(app, k, async () => await app.restore(plan, work));
      expect(['2', '3'], operation).toContain(rows);
      ends.add(`restore ${rows}`);
      if (rows === '3') await app.undo(`undo-${work.job}`);
      expect(visits(), operation).toBe('2');
    }
    undo = (await app.restore(plan)).undo ?? '';
    for (const k of undoing) {
      const work = app.work();
      const { rows, operation } = await dieAt(app, k, async () => await app.undo(undo, work));
      expect(['2', '3'], operation).toContain(rows);
      ends.add(`undo ${rows}`);
      if (rows === '2') undo = (await app.undo(`undo-${work.job}`)).undo ?? '';
      expect(visits(), operation).toBe('3');
    }
    expect([...ends].toSorted()).toEqual(['restore 2', 'restore 3', 'undo 2', 'undo 3']);
    expect(restoring.length + undoing.length).toBeGreaterThan(isLong ? 80 : 10);
  },
  240_000,
);

testWithPostgres('a job that is killed takes the server that it has started along', async () => {
  using app = wholePostgresApp(server);
  server.sql('CREATE TABLE long AS SELECT n AS id FROM generate_series(1, 1000000) n');
  const before = visits();
  const backup = await app.backup();
  const plan = await app.plan(backup);
  const job = 77;
  const { config, stateFolder } = app;
  const { scratch } = app.work(job);
  const order = join(app.home, 'order.json');
  writeFileSync(order, JSON.stringify({ plan, config, stateFolder, scratch, job }));
  const here = staged();
  const child = spawn(process.execPath, [builtProgram('restore-child'), order]);
  const copy = join(server.folder, `.kedge-${job}`, 'db', 'new', 'data');
  const isUp = async (): Promise<boolean> => (await runningOn(copy)) !== undefined;
  await until(isUp);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  await until(async () => !(await isUp()));
  await app.recover();
  expect([staged(), visits()]).toEqual([here, before]);
  expect(findUnfinishedJournals(stateFolder)).toEqual([]);
});
