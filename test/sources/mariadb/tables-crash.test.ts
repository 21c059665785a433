import { afterAll, beforeAll, expect } from 'vitest';
import { type DiskOperation, setFaultHook } from '../../../agent/os/faults.ts';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { crashAt } from '../../support/crash-at.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { mariadbApp } from '../../support/mariadb-app.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';
import { until } from '../../support/until.ts';

let server: TestMariadb;

beforeAll(async () => {
  if (hasMariadb) server = await startMariadb();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

/** Keys from a table and to it, two triggers that run in their order, a view on it, and a table that is gone by then. */
const content = `
  CREATE DATABASE shop; USE shop;
  CREATE USER shop_app@localhost; GRANT ALL ON shop.* TO shop_app@localhost;
  CREATE TABLE pet (id INT PRIMARY KEY); INSERT INTO pet VALUES (1), (2);
  CREATE TABLE visit (id INT AUTO_INCREMENT PRIMARY KEY, pet INT, what TEXT, CONSTRAINT of_pet FOREIGN KEY (pet) REFERENCES pet (id));
  INSERT INTO visit VALUES (1, 1, 'a'), (2, 2, 'b'), (3, 1, 'c');
  CREATE TABLE bill (visit INT, CONSTRAINT for_visit FOREIGN KEY (visit) REFERENCES visit (id) ON DELETE CASCADE);
  INSERT INTO bill VALUES (2), (3);
  CREATE TABLE note (id INT PRIMARY KEY, visit INT, CONSTRAINT on_visit FOREIGN KEY (visit) REFERENCES visit (id));
  INSERT INTO note VALUES (1, 2);
  CREATE VIEW visits AS SELECT id FROM visit;
  CREATE TRIGGER one BEFORE INSERT ON visit FOR EACH ROW SET NEW.what = CONCAT(NEW.what, '1');
  CREATE TRIGGER two BEFORE INSERT ON visit FOR EACH ROW FOLLOWS one SET NEW.what = CONCAT(NEW.what, '2');
  CREATE TRIGGER noted AFTER INSERT ON note FOR EACH ROW DELETE FROM bill WHERE FALSE;`;
const since = `USE shop; DELETE FROM visit WHERE id = 1; UPDATE visit SET what = 'B' WHERE id = 2;
  INSERT INTO visit VALUES (4, 2, 'd'); DROP TABLE note`;
const parts = ['visit', 'note'].map((table) => ({ source: 'db', tables: [{ table }] }));

interface Shop extends Disposable {
  readonly app: DatabaseFixture;
  readonly plan: Awaited<ReturnType<DatabaseFixture['plan']>>;
  /** Back, or through; clients get in, nothing half made is left. */
  settled(where: string): Promise<'old' | 'new'>;
}

const dump = (): string => server.dump('shop').replaceAll(/ AUTO_INCREMENT=\d+/g, '');

async function openShop(): Promise<Shop> {
  server.sql('DROP USER IF EXISTS shop_app@localhost');
  for (const name of server.sql('SHOW DATABASES').split('\n'))
    if (name.startsWith('shop')) server.sql(`DROP DATABASE ${name}`);
  server.sql(content);
  const app = mariadbApp(server, 'shop');
  const backup = await app.backup();
  const may = server.sql('SHOW CREATE USER shop_app@localhost');
  const then = dump();
  server.sql(since);
  const before = dump();
  const settled = async (where: string): Promise<'old' | 'new'> => {
    await app.recover();
    const found = dump();
    const staged = server.databases('shop').filter((name) => /__kedge_(new|look)/.test(name));
    expect(
      {
        unfinished: findUnfinishedJournals(app.stateFolder),
        running: [...app.services.running].toSorted(),
        account: server.sql('SHOW CREATE USER shop_app@localhost'),
        staged,
        dump: found === then ? then : found,
      },
      where,
    ).toEqual({
      unfinished: [],
      running: ['host', 'server'],
      account: may,
      staged: [],
      dump: found === then ? then : before,
    });
    return found === then ? 'new' : 'old';
  };
  const plan = await app.plan(backup, { parts });
  expect(plan.obstacles).toEqual([]);
  return { app, plan, settled, [Symbol.dispose]: () => app[Symbol.dispose]() };
}

/** Where to die: from the first one of a kind on, at every operation. */
async function operationsOf(
  work: () => Promise<unknown>,
  from: string,
): Promise<readonly number[]> {
  const operations: DiskOperation[] = [];
  setFaultHook((operation) => operations.push(operation));
  await work();
  setFaultHook(undefined);
  const first = operations.findIndex(({ name }) => name === from);
  expect(first).toBeGreaterThan(0);
  // What dies at an fsync has written, and finds the same as what dies at the next one.
  return operations.flatMap(({ name }, n) => (n < first || name === 'fsync' ? [] : [n + 1]));
}

async function dieAt({ app, settled }: Shop, k: number, work: () => Promise<unknown>) {
  {
    using point = crashAt(k);
    app.services.before = point.refuse;
    await work().catch(() => undefined);
    expect(point.crashed, `operation ${k}`).toBe(true);
  }
  app.services.before = () => undefined;
  return await settled(`operation ${k}`);
}

testWithMariadb(
  'tables that come back, and their undo, are settled wherever they die: old or new, with triggers and keys',
  async () => {
    using shop = await openShop();
    const { app, plan } = shop;
    const ends = { old: 0, new: 0 };
    let undo = '';
    const restoring = await operationsOf(async () => {
      undo = (await app.restore(plan)).undo ?? '';
    }, 'create database');
    expect(await shop.settled('without a crash')).toBe('new');
    const undoing = await operationsOf(async () => await app.undo(undo), 'make undo database');
    expect(await shop.settled('undone')).toBe('old');
    for (const k of restoring) {
      const work = app.work();
      const end = await dieAt(shop, k, async () => await app.restore(plan, work));
      ends[end] += 1;
      if (end === 'new') await app.undo(`undo-${work.job}`);
    }
    undo = (await app.restore(plan)).undo ?? '';
    for (const k of undoing) {
      const work = app.work();
      const end = await dieAt(shop, k, async () => await app.undo(undo, work));
      ends[end] += 1;
      if (end === 'old') undo = (await app.undo(`undo-${work.job}`)).undo ?? '';
    }
    process.stderr.write(`mariadb tables: died at ${ends.old + ends.new} operations\n`);
    expect(ends.old).toBeGreaterThan(20);
    expect(ends.new).toBeGreaterThan(20);
  },
  300_000,
);

/** Of a restore that goes back, from before its tables are renamed there. */
const stepsBack = 20;

testWithMariadb(
  'a way back of tables that dies at any step is gone on with',
  async () => {
    using shop = await openShop();
    const { app, plan, settled } = shop;
    /** The exchange is through, and the application does not start with what it brought. */
    const fail = async (work = app.work()) => {
      app.services.broken.add('host');
      await app.restore(plan, work).catch(() => undefined);
    };
    const heal = (): void => {
      app.services.broken.delete('host');
      app.services.running.add('host');
    };
    const all = await operationsOf(async () => await fail(), 'make undo database');
    heal();
    expect(await settled('without a crash')).toBe('old');
    for (const k of all.slice(-stepsBack)) {
      const work = app.work();
      const end = await dieAt(shop, k, async () => {
        await fail(work);
        heal();
      });
      if (end === 'new') await app.undo(`undo-${work.job}`);
    }
  },
  300_000,
);

testWithMariadb(
  'the server killed at any step of the exchange of tables comes up with the old ones, open to clients',
  async () => {
    using shop = await openShop();
    const { app, plan, settled } = shop;
    const steps = [
      'make undo database',
      'lock accounts',
      'drop code',
      'drop foreign keys',
      'rename tables',
      'renamed tables',
      'add foreign keys',
      'check foreign keys',
      'make code',
      'drop database',
      'unlock accounts',
    ];
    for (const step of steps) {
      let isKilled = false;
      let isPast = false;
      setFaultHook(({ name }) => {
        isPast ||= name === steps[0];
        if (name !== step || isKilled || !isPast) return;
        isKilled = true;
        process.kill(server.pid(), 'SIGKILL');
      });
      const ended = app.restore(plan).then(
        ({ undo = '' }) => undo,
        () => undefined,
      );
      await until(() => isKilled);
      await server.stop('SIGKILL');
      await server.start();
      const undo = await ended;
      setFaultHook(undefined);
      // A server that is up again in time does not even end the restore.
      expect(await settled(step), step).toBe(undo === undefined ? 'old' : 'new');
      if (undo !== undefined) await app.undo(undo);
    }
  },
  120_000,
);
