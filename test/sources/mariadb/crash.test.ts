import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { setFaultHook } from '../../../agent/os/faults.ts';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { failureOf } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { dieAt, dieEverywhere, operationsOf } from '../../support/die-everywhere.ts';
import { killServerAt } from '../../support/kill-server-at.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { mariadbApp } from '../../support/mariadb-app.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';
import { own, serverFolder } from '../../support/private-server.ts';
import { builtProgram } from '../../support/programs.ts';
import { mayMount } from '../../support/test-with-mounts.ts';
import { until } from '../../support/until.ts';

let server: TestMariadb;

beforeAll(async () => {
  if (hasMariadb) server = await startMariadb();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

/** Keys, views on views, code of every kind, rights in it, an account that is locked already. */
const content = `
  CREATE DATABASE shop; USE shop;
  CREATE USER shop_app@localhost; GRANT ALL ON shop.* TO shop_app@localhost;
  CREATE USER retired@localhost ACCOUNT LOCK; GRANT ALL ON shop.* TO retired@localhost;
  CREATE TABLE visit (id INT PRIMARY KEY, what TEXT);
  INSERT INTO visit SELECT seq, 'visit' FROM seq_1_to_3;
  CREATE TABLE bill (visit INT, FOREIGN KEY (visit) REFERENCES visit (id) ON DELETE CASCADE);
  INSERT INTO bill VALUES (1), (2);
  CREATE VIEW b_view AS SELECT id FROM visit; CREATE VIEW a_view AS SELECT id FROM b_view;
  CREATE FUNCTION one() RETURNS INT RETURN 1; GRANT EXECUTE ON FUNCTION one TO shop_app@localhost;
  CREATE TRIGGER tidy BEFORE INSERT ON visit FOR EACH ROW SET NEW.what = 'x';
  CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01' DO DELETE FROM visit;`;
const since = `USE shop; DELETE FROM visit WHERE id = 1; DROP VIEW a_view; CREATE VIEW c_view AS SELECT 5 AS five;
  CREATE TABLE extra (x INT); INSERT INTO extra VALUES (1); DROP TRIGGER tidy`;

/** What a backup does not change, and nobody may lose. */
const rights = (): string =>
  server.sql(
    `SELECT User, Routine_name, Proc_priv FROM mysql.procs_priv; SHOW CREATE USER shop_app@localhost;
     SHOW CREATE USER retired@localhost`,
  );

interface Shop extends Disposable {
  readonly app: DatabaseFixture;
  readonly plan: Awaited<ReturnType<DatabaseFixture['plan']>>;
  /** Back, or through; clients get in, nothing half made is left. */
  settled(where: string): Promise<'old' | 'new'>;
}

async function openShop(): Promise<Shop> {
  server.sql('DROP USER IF EXISTS shop_app@localhost, retired@localhost');
  for (const name of server.sql('SHOW DATABASES').split('\n'))
    if (name.startsWith('shop')) server.sql(`DROP DATABASE ${name}`);
  server.sql(content);
  const app = mariadbApp(server, 'shop');
  const backup = await app.backup();
  const [now, may] = [server.dump('shop'), rights()];
  server.sql(since);
  const before = server.dump('shop');
  const settled = async (where: string): Promise<'old' | 'new'> => {
    await app.recover();
    const found = server.dump('shop');
    expect(
      {
        unfinished: findUnfinishedJournals(app.stateFolder),
        running: [...app.services.running].toSorted(),
        rights: rights(),
        staged: server.databases('shop').filter((name) => name.includes('__kedge_new')),
        dump: found === now ? now : found,
      },
      where,
    ).toEqual({
      unfinished: [],
      running: ['host', 'server'],
      rights: may,
      staged: [],
      dump: found === now ? now : before,
    });
    return found === now ? 'new' : 'old';
  };
  return {
    app,
    plan: await app.plan(backup),
    settled,
    [Symbol.dispose]: () => app[Symbol.dispose](),
  };
}

/** Of a restore that goes back, from before its tables are renamed there. */
const stepsBack = 24;

testWithMariadb(
  'a restore and an undo that die at any step are settled: old or new, with all code and rights, and clients get in',
  async () => {
    using shop = await openShop();
    const ends = await dieEverywhere(shop, 'create database');
    process.stderr.write(`mariadb: died at ${ends.old + ends.new} operations\n`);
    expect(ends.old).toBeGreaterThan(40);
    expect(ends.new).toBeGreaterThan(20);
  },
  300_000,
);

testWithMariadb(
  'a way back that dies at any step is gone on with',
  async () => {
    using shop = await openShop();
    const { app, plan, settled } = shop;
    /** The exchange is through, and the application does not start with what it brought. */
    const fail = async (work = app.work()) => {
      app.services.broken.add('host');
      await app.restore(plan, work).catch(() => undefined);
    };
    const all = await operationsOf(fail);
    app.services.broken.delete('host');
    app.services.running.add('host');
    expect(await settled('without a crash')).toBe('old');
    for (const k of all.slice(-stepsBack)) {
      const { end, job } = await dieAt(shop, k, async (work) => {
        await fail(work);
        app.services.broken.delete('host');
        app.services.running.add('host');
      });
      if (end === 'new') await app.undo(`undo-${job}`);
    }
  },
  300_000,
);

testWithMariadb(
  'the server killed at any step of the exchange comes up with the old database, open to clients',
  async () => {
    using shop = await openShop();
    const { app, plan, settled } = shop;
    const steps = [
      'make undo database',
      'lock accounts',
      'drop code',
      'rename tables',
      'renamed tables',
      'make code',
      'drop database',
      'unlock accounts',
    ];
    // What is made in staging is made before the first of them.
    const [behind] = steps;
    for (const step of steps) {
      await killServerAt(server, { step, behind }, async () => await app.restore(plan));
      expect(await settled(step), step).toBe('old');
    }
    const { undo = '' } = await app.restore(plan);
    for (const step of ['rename tables', 'make code']) {
      await killServerAt(server, { step }, async () => await app.undo(undo));
      expect(await settled(`undo, ${step}`), step).toBe('new');
    }
  },
  120_000,
);

testWithMariadb(
  'a restore whose process is killed while it loads leaves the old database',
  async () => {
    using shop = await openShop();
    const { app, plan, settled } = shop;
    const { config, stateFolder } = app;
    const order = join(app.home, 'order.json');
    const { scratch } = app.work();
    writeFileSync(order, JSON.stringify({ plan, job: 500, config, stateFolder, scratch }));
    const child = spawn(process.execPath, [builtProgram('restore-child'), order], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await until(() => server.databases('shop').some((name) => name.includes('__kedge_new')));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await settled('killed')).toBe('old');
  },
);

const mountTest = hasMariadb && mayMount() ? test : test.skip;

mountTest(
  'a server that is full in the middle of a restore keeps its old database',
  async () => {
    const folder = serverFolder('my-small');
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m,mode=0755', 'tmpfs', folder]);
    own(folder);
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder;
    try {
      await using full = await startMariadb().finally(() => {
        if (before === undefined) delete process.env['TMPDIR'];
        else process.env['TMPDIR'] = before;
      });
      full.sql(
        `CREATE DATABASE crowded; USE crowded; CREATE TABLE visit (id INT PRIMARY KEY, what CHAR(200));
       INSERT INTO visit SELECT seq, MD5(seq) FROM seq_1_to_100000`,
      );
      using app = mariadbApp(full, 'crowded');
      const backup = await app.backup();
      full.sql('DELETE FROM crowded.visit WHERE id > 2');
      const plan = await app.plan(backup);
      const ballast = join(folder, 'ballast');
      setFaultHook(({ name }) => {
        if (name !== 'create database') return;
        const { bavail, bsize } = statfsSync(folder);
        writeFileSync(ballast, Buffer.alloc(bavail * bsize - 6 * 1024 * 1024));
      });
      const failed = await app.restore(plan).then(() => 'nothing failed', failureOf);
      setFaultHook(undefined);
      expect(failed).toMatchObject({
        code: 'database-no-space',
        params: { where: full.socket, why: expect.stringMatching(/^ERROR \d+ /) },
      });
      expect([full.sql('SELECT COUNT(*) FROM crowded.visit'), full.databases('crowded')]).toEqual([
        '2',
        ['crowded'],
      ]);
      rmSync(ballast);
      await app.restore(plan);
      expect(full.sql('SELECT COUNT(*) FROM crowded.visit')).toBe('100000');
    } finally {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    }
  },
  60_000,
);
