import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awaitTurn } from '../../../agent/sources/mariadb/await-server.ts';
import { type Dumping, dumpTables } from '../../../agent/sources/mariadb/dump-parts.ts';
import { openLogin } from '../../../agent/sources/mariadb/open-login.ts';
import { readObjects } from '../../../agent/sources/mariadb/read-objects.ts';
import { RenameTables } from '../../../agent/sources/mariadb/rename-step.ts';
import { openSession } from '../../../agent/sources/mariadb/sessions.ts';
import { serverOf } from '../../../agent/sources/mariadb/settings.ts';
import { findTools } from '../../../agent/sources/mariadb/tools.ts';
import { failureOf } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { smallApp } from '../../support/mariadb-app.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';
import { mayMount } from '../../support/test-with-mounts.ts';
import { until } from '../../support/until.ts';

const { signal } = new AbortController();
let server: TestMariadb;

beforeAll(async () => {
  if (hasMariadb) server = await startMariadb();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const askedOf = ({ config }: DatabaseFixture) => {
  const { db } = config.sources;
  if (db?.engine !== 'mariadb') throw new Error('it has another source');
  return serverOf(db);
};

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

const isAlive = async (session: { query: (sql: string, until: AbortSignal) => Promise<unknown> }) =>
  await session.query('SELECT 1', signal).then(
    () => true,
    () => false,
  );

testWithMariadb(
  'a session of the same exchange that was lost is ended, and one of another Kedge at work is waited for and then named',
  async () => {
    using app = smallApp(server);
    const asked = { server: askedOf(app) };
    using theirs = await awaitTurn({ ...asked, mark: 'of another installation' }, signal);
    for (const mark of ['ours', undefined]) {
      const order = mark === undefined ? asked : { ...asked, mark };
      expect(await failure(awaitTurn(order, signal, 1))).toMatchObject({
        code: 'busy',
        params: { why: expect.stringContaining('another installation') },
      });
    }
    expect(await isAlive(theirs)).toBe(true);
    theirs[Symbol.dispose]();

    using lost = await awaitTurn({ ...asked, mark: 'ours' }, signal, 5);
    using other = await openSession(asked.server, signal);
    using next = await awaitTurn({ ...asked, mark: 'ours' }, signal, 5);
    expect([await isAlive(lost), await isAlive(other), await isAlive(next)]).toEqual([
      ...[false, true, true],
    ]);
    // One that waits for its turn behind another Kedge, and is lost there, keeps nobody out.
    const waiting = failure(awaitTurn({ ...asked, mark: 'waits' }, signal, 20));
    const states = `SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User lock'`;
    await until(() => server.sql(states) === '1');
    const again = failure(awaitTurn({ ...asked, mark: 'waits' }, signal, 1));
    expect([await waiting, await again]).toMatchObject([
      { code: expect.stringMatching(/^database-/) },
      { code: 'busy' },
    ]);
    expect(await isAlive(next)).toBe(true);
  },
);

test('a journal of a version whose sessions had no name is still read', () => {
  const properties = { charset: 'utf8mb4', collation: 'utf8mb4_bin' };
  const step = {
    kind: 'rename-tables',
    server: { engine: 'mariadb', name: 'shop', user: 'kedge' },
    ...{ live: 'shop', wasThere: true, incoming: 'a', outgoing: 'b' },
    properties: { live: properties, incoming: properties },
    tables: { live: [], incoming: [] },
    ...{ code: [], grants: [], accounts: [] },
  };
  expect(RenameTables.parse(step).mark).toBeUndefined();
});

testWithMariadb(
  'a dump that waits for a table is ended in time, names who holds it, and can be cancelled while it is held',
  async () => {
    using app = smallApp(server);
    const { database } = app;
    const asked = askedOf(app);
    server.sql(`CREATE USER holder@localhost; GRANT ALL ON ${database}.* TO holder@localhost`);
    using holder = await openSession({ ...asked, user: 'holder' }, signal, database);
    await holder.query('LOCK TABLES visit WRITE', signal);
    using session = await openSession(asked, signal);
    const work = app.work();
    await using login = await openLogin(asked, join(work.scratch, 'login'));
    const folder = join(work.scratch, 'db');
    mkdirSync(join(folder, 'tables'), { recursive: true });
    const dumping: Dumping = {
      ...{ source: 'db', server: asked, database, login, folder, work },
      tools: await findTools('db', session, signal),
      locks: { everyMs: 200, withinMs: 1000 },
    };
    const { tables } = await readObjects(session, database, signal);
    expect(await failure(dumpTables(dumping, tables, signal))).toMatchObject({
      code: 'busy',
      params: {
        what: expect.stringContaining(`dumping the database "${database}"`),
        why: expect.stringMatching(/one of its tables is held, by one of these: .*of holder/),
      },
    });

    const cancel = new AbortController();
    const backup = failure(app.backup(undefined, { ...app.work(), signal: cancel.signal }));
    const waiting = `SELECT COUNT(*) > 0 FROM information_schema.processlist WHERE state LIKE 'Waiting for table%'`;
    await until(() => server.sql(waiting) === '1');
    cancel.abort();
    expect(await backup).toMatchObject({ code: 'cancelled' });
    const held = `SHOW OPEN TABLES FROM ${database} WHERE In_use > 0`;
    expect(server.sql(held), 'what it waited for').toBe(`${database}\tvisit\t1\t0`);
    // The server looks each second whether somebody still waits.
    await until(() => server.sql(waiting) === '0');
    expect(readdirSync(app.backups)).toEqual([]);

    const plan = async () => await app.plan(await app.backup());
    await holder.query('UNLOCK TABLES', signal);
    const made = await plan();
    await holder.query('BEGIN', signal);
    await holder.query('SELECT * FROM visit', signal);
    await app.restore(made);
    // What belongs to the application was ended, and nothing waited.
    expect(await isAlive(holder)).toBe(false);
  },
);

const mountTest = hasMariadb && mayMount() ? test : test.skip;

function mountSmall(path: string, megabytes: number): Disposable {
  mkdirSync(path, { recursive: true });
  const options = `size=${megabytes}m,mode=0700`;
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]);
  return { [Symbol.dispose]: () => void spawnSync('umount', ['-l', path]) };
}

/** Of what is free all but so many bytes. */
function fill(folder: string, left: number): void {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(bavail * bsize - left));
}

mountTest(
  'scratch or a destination that is full in the middle of a backup leaves none, and is named',
  async () => {
    using app = smallApp(server, 60_000);
    for (const which of ['scratch', 'destination'] as const) {
      const work = app.work();
      const folder = which === 'scratch' ? work.scratch : app.backups;
      using _mounted = mountSmall(folder, 16);
      let isFull = false;
      const progress = (): void => {
        if (isFull) return;
        isFull = true;
        fill(folder, which === 'scratch' ? 256 * 1024 : 8 * 1024);
      };
      const failed = await failure(app.backup(undefined, { ...work, progress }));
      expect(failed, which).toMatchObject({ code: 'no-space' });
      expect(JSON.stringify(failed), which).toContain(folder);
      expect(isFull).toBe(true);
      rmSync(join(folder, 'ballast'));
      expect(readdirSync(app.backups), which).toEqual([]);
      expect(readdirSync(work.scratch), which).toEqual([]);
    }
    const backup = await app.backup();
    expect(backup.gaps).toEqual([]);
  },
);
