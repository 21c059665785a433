import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { setFaultHook } from '../../../agent/os/faults.ts';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { runningOn } from '../../../agent/sources/mariadb-server/running-on.ts';
import { crashAt } from '../../support/crash-at.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import {
  hasMariadbServer,
  testWithMariadbServer,
  wholeServerApp,
} from '../../support/mariadb-server-app.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';
import { builtProgram } from '../../support/programs.ts';
import { until } from '../../support/until.ts';

let server: TestMariadb;

beforeAll(async () => {
  if (!hasMariadbServer) return;
  server = await startMariadb();
  server.sql(
    `CREATE DATABASE clinic; USE clinic; CREATE TABLE visit (id INT PRIMARY KEY, what TEXT);
     INSERT INTO visit SELECT seq, MD5(seq) FROM seq_1_to_20000`,
  );
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const visits = (): string => server.sql('SELECT COUNT(*) FROM clinic.visit');
const staged = (): readonly string[] =>
  readdirSync(server.folder).filter((name) => name.startsWith('.kedge'));

testWithMariadbServer(
  'a restore that dies at its steps leaves the old server or the new one, and it runs',
  async () => {
    using app = wholeServerApp(server);
    const backup = await app.backup();
    server.sql('DELETE FROM clinic.visit WHERE id > 15000');
    const seen: string[] = [];
    const outcomes = new Set<string>();
    const restore = async (): Promise<unknown> => await app.restore(await app.plan(backup));
    setFaultHook(({ name }) => seen.push(name));
    await restore();
    setFaultHook(undefined);
    expect(visits()).toBe('20000');
    const points = seen
      .map((name, nth) => ({ name, k: nth + 1 }))
      .filter(({ name, k }) => isWorth(seen, name, k));
    expect(points.map(({ name }) => name)).toContain('start server');
    for (const { name, k } of points) {
      server.sql('DELETE FROM clinic.visit WHERE id > 15000');
      const before = visits();
      const plan = await app.plan(backup);
      const point = crashAt(k);
      const { services } = app;
      services.before = point.refuse;
      await app.restore(plan).catch(() => undefined);
      point[Symbol.dispose]();
      services.before = () => {};
      expect(point.crashed, name).toBe(true);
      await app.recover();
      expect(findUnfinishedJournals(app.stateFolder), point.operation).toEqual([]);
      const found = visits();
      expect([before, '20000'], point.operation).toContain(found);
      outcomes.add(found === '20000' ? 'new' : 'old');
    }
    expect([...outcomes].toSorted()).toEqual(['new', 'old']);
  },
  240_000,
);

/** Of what is done for each file the last time; of all others each time. */
function isWorth(seen: readonly string[], name: string, k: number): boolean {
  const often = seen.filter((each) => each === name).length > 2;
  return !often || k === seen.lastIndexOf(name) + 1;
}

testWithMariadbServer(
  'a job that is killed takes the server that it has started along',
  async () => {
    using app: DatabaseFixture = wholeServerApp(server);
    const backup = await app.backup();
    const plan = await app.plan(backup);
    const job = 77;
    const { config, stateFolder } = app;
    const { scratch } = app.work(job);
    const order = join(app.home, 'order.json');
    writeFileSync(order, JSON.stringify({ plan, config, stateFolder, scratch, job }));
    const child = spawn(process.execPath, [builtProgram('restore-child'), order]);
    const copy = join(server.folder, `.kedge-${job}`, 'db', 'new', 'data');
    const isUp = async (): Promise<boolean> => (await runningOn(copy)) !== undefined;
    await until(isUp);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    await until(async () => !(await isUp()));
    await app.recover();
    expect(staged()).not.toContain(`.kedge-${job}`);
    expect(visits()).toBe('20000');
    expect(findUnfinishedJournals(app.stateFolder)).toEqual([]);
  },
  60_000,
);
