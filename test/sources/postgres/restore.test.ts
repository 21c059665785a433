import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { runVerify } from '../../../agent/backup/run-verify.ts';
import { connectPostgres } from '../../../agent/databases/postgres/connect.ts';
import { findLocalPostgres } from '../../../agent/databases/postgres/local-postgres.ts';
import { type DiskOperation, setFaultHook } from '../../../agent/os/faults.ts';
import { expireUndos } from '../../../agent/restore/expire-undos.ts';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { findUndo } from '../../../agent/restore/undo-records.ts';
import { findTools } from '../../../agent/sources/postgres/tools.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { ReconnectingClient } from '../../databases/reconnecting-client.ts';
import { crashAt } from '../../support/crash-at.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { PostgresFixture } from '../../support/postgres-fixture.ts';
import { zooContent, zooProperties, zooRoles } from '../../support/postgres-zoo.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { builtProgram } from '../../support/programs.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql(zooRoles);
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const numbers = Array.from({ length: 99 }, (_, n) => n).values();

/** A database of its own with one table of so many rows. */
function small(rows = 3, name = `small_${numbers.next().value}`): PostgresFixture {
  server.sql(`CREATE DATABASE "${name}"`);
  server.sql(
    `CREATE TABLE visit (id int PRIMARY KEY, what text);
    INSERT INTO visit SELECT n, 'visit ' || n FROM generate_series(1, ${rows}) n`,
    name,
  );
  return new PostgresFixture(server, name);
}

const rowsOf = (app: PostgresFixture): string =>
  server.sql('SELECT count(*) FROM visit', app.database);

const { signal } = new AbortController();

const bySocket = () => ({
  place: { socket: server.socket, host: 'localhost', port: server.port },
  isLocal: true,
  user: 'postgres',
  password: undefined,
});

/** Arguments and environment of what dumps now: every user of the machine may see some of it. */
function dumping(): readonly { readonly told: readonly string[] }[] {
  return readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .flatMap((pid) => {
      try {
        const told = ['cmdline', 'environ'].map((file) =>
          readFileSync(`/proc/${pid}/${file}`, 'utf8'),
        );
        return told[0]?.split('\0')[0]?.endsWith('/pg_dump') === true && told[0].includes('-Fd')
          ? [{ told }]
          : [];
      } catch {
        return [];
      }
    });
}

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

testWithPostgres(
  'every kind of object comes back as it was, and an undo and the undo of that as well',
  async () => {
    server.sql('CREATE DATABASE zoo OWNER zoo_owner');
    server.sql(zooContent, 'zoo');
    server.sql(zooProperties('zoo'));
    using app = new PostgresFixture(server, 'zoo');
    const then = app.dump();
    const backup = await app.backup();
    server.sql(
      `DELETE FROM records.pet WHERE id < 100; CREATE TABLE later (x int); DROP TABLE visit;
       ALTER DATABASE zoo RESET search_path; REVOKE CONNECT ON DATABASE zoo FROM zoo_reader;
       ALTER DATABASE zoo CONNECTION LIMIT 3; SELECT lo_unlink(4711)`,
      'zoo',
    );
    const since = app.dump();

    const plan = await app.plan(backup);
    const { tables } = plan.changes[0] ?? {};
    expect(tables).toContainEqual({ table: 'records.pet', backupRows: 500, liveRows: 401 });
    const { undo = '', notes } = await app.restore(plan);
    expect({ notes, dump: app.dump() }).toEqual({ notes: [], dump: then });
    const back = await app.undo(undo);
    expect(app.dump()).toBe(since);
    const again = await app.undo(back.undo ?? '');
    expect(app.dump()).toBe(then);
    expect(app.databases()).toEqual(['zoo__kedge_undo_N|false', 'zoo|true']);
    expect(readdirSync(join(app.home, 'scratch-4'))).toEqual([]);

    const kept = await findUndo(app.stateFolder, again.undo ?? '');
    expect(kept.bytes).toBeGreaterThan(1e6);
    await expireUndos(app.stateFolder, kept.expiresAtMs + 1);
    expect(app.databases()).toEqual(['zoo|true']);
  },
  60_000,
);

testWithPostgres('the server runs on while the services that use it are down', async () => {
  using app = small();
  const backup = await app.backup();
  const plan = await app.plan(backup);
  expect(plan.services).toEqual([
    { id: 'host', willStop: true },
    { id: 'server', willStop: false },
  ]);
  await app.restore(plan);
  expect(app.services.calls).toEqual(['stop host', 'start host']);
});

testWithPostgres(
  'a client that comes back every 50 ms is out for less than a second and finds the new rows',
  async () => {
    using app = small(50_000);
    const backup = await app.backup();
    server.sql('DELETE FROM visit WHERE id > 10', app.database);
    const plan = await app.plan(backup);
    const login = { ...bySocket(), user: 'zoo_owner' };
    await using client = new ReconnectingClient(
      async (over) => await connectPostgres({ ...login, database: app.database }, over),
    );
    await until(() => client.entered > 0);
    expect(await app.plan(backup).then(({ clients }) => clients.length)).toBe(1);
    const { downtimeMs } = await app.restore(plan);
    const before = client.entered;
    await until(() => client.entered > before || client.refused === 0);
    expect(rowsOf(app)).toBe('50000');
    expect(downtimeMs).toBeLessThan(1000);
  },
  30_000,
);

testWithPostgres('what stands against a restore is named before anything is done', async () => {
  server.sql(`CREATE ROLE gone; CREATE ROLE weak LOGIN; CREATE ROLE keeper`);
  using app = small();
  server.sql(
    'GRANT SELECT ON visit TO gone, weak; GRANT USAGE ON SCHEMA public TO gone; CREATE EXTENSION dblink',
    app.database,
  );
  const backup = await app.backup();
  server.sql('DROP OWNED BY gone; DROP EXTENSION dblink', app.database);
  server.sql('DROP ROLE gone');
  server.sql(`BEGIN; INSERT INTO visit VALUES (9); PREPARE TRANSACTION 'stuck'`, app.database);
  using asWeak = new PostgresFixture(server, app.database, { user: 'weak' });
  const { obstacles } = await asWeak.plan(backup);
  expect(obstacles).toEqual([
    'source "db": these roles are missing in the server: "gone"; create them (globals.sql in the backup has them)',
    'source "db": "weak" may not create databases (ALTER ROLE "weak" CREATEDB;)',
    'source "db": "weak" is no member of the role that owns it (GRANT "postgres" TO "weak";)',
    'source "db": "weak" may not end the connections of others (GRANT pg_signal_backend TO "weak";)',
    'source "db": only a superuser can create the extension "dblink", and "weak" is none',
    expect.stringContaining('the transaction "stuck" of postgres is prepared'),
  ]);
  const refused = await failure(app.restore(await app.plan(backup)));
  expect(refused).toMatchObject({ code: 'restore-refused' });
  server.sql(`ROLLBACK PREPARED 'stuck'`, app.database);
  expect(app.databases()).toEqual([`${app.database}|true`]);
});

testWithPostgres(
  'the role that init proposes may back up and restore, and no superuser is needed for it',
  async () => {
    using app = small();
    server.sql('CREATE ROLE an_owner');
    server.sql(`ALTER DATABASE ${app.database} OWNER TO an_owner`);
    server.sql(
      `ALTER TABLE visit OWNER TO an_owner; ALTER TABLE visit ENABLE ROW LEVEL SECURITY;
       ALTER SCHEMA public OWNER TO an_owner; CREATE EXTENSION pg_trgm`,
      app.database,
    );
    const [found] = await findLocalPostgres('least', dirname(server.socket));
    server.sql((found?.sql ?? []).join('\n').replace('OWNER_OF_THE_DATABASE', 'an_owner'));
    using least = new PostgresFixture(server, app.database, { user: 'least' });
    const then = app.dump();
    const backup = await least.backup();
    expect(backup.outcome).toBe('complete');
    server.sql('DELETE FROM visit', app.database);
    const plan = await least.plan(backup);
    expect(plan.obstacles).toEqual([]);
    const { undo = '' } = await least.restore(plan);
    expect(app.dump()).toBe(then);
    await least.undo(undo);
    expect(rowsOf(app)).toBe('0');
  },
);

testWithPostgres('merges and parts of it are refused by name', async () => {
  using app = small();
  const backup = await app.backup();
  const { obstacles } = await app.plan(backup, { mode: { kind: 'merge' } });
  expect(obstacles).toEqual([expect.stringContaining('which comes back as a whole')]);
});

testWithPostgres('into a folder it comes as a dump that pg_restore takes', async () => {
  using app = small();
  const folder = join(app.home, 'unpacked');
  const backup = await app.backup();
  await app.restore(await app.plan(backup, { mode: { kind: 'elsewhere', folder } }));
  server.sql('CREATE DATABASE by_hand');
  const readable = join(server.folder, 'by-hand');
  server.copyIn(join(folder, 'db', 'dump'), readable);
  server.run('pg_restore', ['-d', 'by_hand', readable]);
  expect(server.sql('SELECT count(*) FROM visit', 'by_hand')).toBe('3');
  expect(existsSync(join(folder, 'db', 'globals.sql'))).toBe(true);
});

testWithPostgres(
  'a differential holds what changed of the dump, and restores to the same',
  async () => {
    using app = small(60_000);
    server.sql(
      `CREATE TABLE rest AS SELECT n, md5(n::text) AS a FROM generate_series(1, 60000) n`,
      app.database,
    );
    const full = await app.backup();
    server.sql(`INSERT INTO visit VALUES (0, 'late')`, app.database);
    const then = app.dump();
    const diff = await app.backup(full);
    expect(diff.kind).toBe('differential');
    expect(diff.sizeBytes).toBeLessThan(full.sizeBytes / 10);
    expect(await runVerify(diff.path, app.work())).toMatchObject({ integrity: 'ok' });
    server.sql('DROP TABLE visit, rest', app.database);
    await app.restore(await app.plan(diff));
    expect(app.dump()).toBe(then);
  },
  30_000,
);

testWithPostgres('a connection that breaks in the middle of a dump leaves no backup', async () => {
  using app = small();
  using locker = await connectPostgres({ ...bySocket(), database: app.database }, signal);
  await locker.query('BEGIN; LOCK TABLE visit', signal);
  const backup = failure(app.backup());
  const ending = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = '${app.database}' AND query LIKE 'LOCK TABLE%ACCESS SHARE%'`;
  await until(() => server.sql(ending) !== '0');
  expect(await backup).toMatchObject({
    code: 'nothing-captured',
    params: { problem: expect.stringContaining('pg_dump failed') },
  });
  expect(readdirSync(app.backups)).toEqual([]);
  expect(readdirSync(join(app.home, 'scratch-1'))).toEqual([]);
});

testWithPostgres(
  'a password reaches the programs by a file that only Kedge reads and that is gone afterwards',
  async () => {
    server.sql(`CREATE ROLE secret SUPERUSER LOGIN PASSWORD 'ses:a\\me'`);
    const file = join(server.folder, 'secret');
    writeFileSync(file, 'ses:a\\me\n', { mode: 0o600 });
    using made = small();
    const { database: name } = made;
    using app = new PostgresFixture(server, name, {
      socket: undefined,
      host: '127.0.0.1',
      port: server.port,
      user: 'secret',
      password: { file },
    });
    using locker = await connectPostgres({ ...bySocket(), database: name }, signal);
    await locker.query('BEGIN; LOCK TABLE visit', signal);
    const work = app.work();
    const backup = app.backup(undefined, work);
    await until(() => dumping().length > 0);
    const seen = dumping().flatMap(({ told }) => told);
    expect(seen.join()).toContain('secret');
    expect(seen.join()).not.toContain('ses:a');
    const passfile = join(work.scratch, 'db.login', 'passfile');
    expect(statSync(passfile).mode & 0o777).toBe(0o600);
    await locker.query('ROLLBACK', signal);
    expect((await backup).outcome).toBe('complete');
    expect(readdirSync(work.scratch)).toEqual([]);
  },
);

testWithPostgres(
  'a restore whose process is killed while it loads leaves the old database',
  async () => {
    using app = small(200_000);
    const backup = await app.backup();
    server.sql('DELETE FROM visit WHERE id > 2', app.database);
    const plan = await app.plan(backup);
    const { config, stateFolder } = app;
    const order = join(app.home, 'order.json');
    const job = 500;
    writeFileSync(
      order,
      JSON.stringify({ plan, job, config, stateFolder, scratch: app.work().scratch }),
    );
    const child = spawn(process.execPath, [builtProgram('restore-child'), order], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await until(() => app.databases().some((name) => name.includes('__kedge_new')));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await app.recover();
    expect(findUnfinishedJournals(stateFolder)).toEqual([]);
    expect(app.databases()).toEqual([`${app.database}|true`]);
    expect(rowsOf(app)).toBe('2');
  },
);

testWithPostgres(
  'programs that are older than the server are refused with the name of the package',
  async () => {
    const folder = temporaryFolder();
    const bin = join(folder, '99', 'bin');
    mkdirSync(bin, { recursive: true });
    for (const tool of ['pg_dump', 'pg_restore'])
      writeFileSync(join(bin, tool), '#!/bin/sh\necho "pg_dump (PostgreSQL) 12.3"\n', {
        mode: 0o755,
      });
    expect(await failure(findTools('db', 99, signal, folder))).toMatchObject({
      code: 'postgres-tools-missing',
      params: { source: 'db', major: 99, here: expect.stringMatching(/^here is 1\d\.\d+$/) },
    });
  },
);

testWithPostgres('a name of 63 bytes is restored and undone too', async () => {
  using app = small(3, `${'ü'.repeat(31)}x`);
  const backup = await app.backup();
  server.sql('DELETE FROM visit', app.database);
  const { undo = '' } = await app.restore(await app.plan(backup));
  expect(rowsOf(app)).toBe('3');
  await app.undo(undo);
  expect(rowsOf(app)).toBe('0');
});

/** Back, or through; clients get in, nothing half made is left. */
async function expectSettled(app: PostgresFixture, where: string): Promise<'old' | 'new'> {
  await app.recover();
  expect(findUnfinishedJournals(app.stateFolder), where).toEqual([]);
  expect([...app.services.running].toSorted(), where).toEqual(['host', 'server']);
  const databases = app.databases();
  expect(databases, where).toContain(`${app.database}|true`);
  expect(databases.join(), where).not.toContain('__kedge_new');
  return rowsOf(app) === '3' ? 'new' : 'old';
}

/** Where to die: at every operation but those that only fill the scratch of the job, of which one of a kind is enough. */
async function operationsOf(work: () => Promise<unknown>): Promise<readonly number[]> {
  const operations: DiskOperation[] = [];
  setFaultHook((operation) => operations.push(operation));
  await work();
  setFaultHook(undefined);
  const inScratch = new Set<string>();
  return operations.flatMap(({ name, path }, n) => {
    const isAgain = path.includes('/scratch-') && inScratch.has(name);
    if (path.includes('/scratch-')) inScratch.add(name);
    return isAgain ? [] : [n + 1];
  });
}

/** Dies at the k-th operation, then recovers as the next Kedge does. */
async function dieAt(app: PostgresFixture, k: number, work: () => Promise<unknown>) {
  {
    using point = crashAt(k);
    app.services.before = point.refuse;
    await work().catch(() => undefined);
    expect(point.crashed, `operation ${k}`).toBe(true);
  }
  app.services.before = () => undefined;
  return await expectSettled(app, `operation ${k}`);
}

testWithPostgres(
  'a restore and an undo that die at any step are settled: old or new, and clients get in',
  async () => {
    using app = small();
    const backup = await app.backup();
    server.sql('DELETE FROM visit WHERE id = 1', app.database);
    const plan = await app.plan(backup);
    const ends = { old: 0, new: 0 };
    let undo = '';
    const restoring = await operationsOf(async () => {
      undo = (await app.restore(plan)).undo ?? '';
    });
    const undoing = await operationsOf(async () => await app.undo(undo));
    for (const k of restoring) {
      const work = app.work();
      const end = await dieAt(app, k, async () => await app.restore(plan, work));
      ends[end] += 1;
      if (end === 'new') await app.undo(`undo-${work.job}`);
      expect(rowsOf(app)).toBe('2');
    }
    undo = (await app.restore(plan)).undo ?? '';
    for (const k of undoing) {
      const work = app.work();
      const end = await dieAt(app, k, async () => await app.undo(undo, work));
      ends[end] += 1;
      if (end === 'old') undo = (await app.undo(`undo-${work.job}`)).undo ?? '';
    }
    process.stderr.write(`postgres: died at ${ends.old + ends.new} operations\n`);
    expect(ends.old).toBeGreaterThan(20);
    expect(ends.new).toBeGreaterThan(10);
  },
  300_000,
);

testWithPostgres(
  'the server killed at any step of the exchange comes up with the old database, open to clients',
  async () => {
    using app = small();
    const backup = await app.backup();
    server.sql('DELETE FROM visit WHERE id = 1', app.database);
    const plan = await app.plan(backup);
    const steps = ['close database', 'rename database', 'commit renames', 'renamed database'];
    for (const step of steps) {
      let isKilled = false;
      setFaultHook(({ name }) => {
        if (name !== step || isKilled) return;
        isKilled = true;
        process.kill(server.pid(), 'SIGKILL');
      });
      const ended = app.restore(plan).catch(() => undefined);
      await until(() => isKilled);
      await server.stop('SIGKILL');
      await server.restart();
      await ended;
      setFaultHook(undefined);
      // Also after the renames: what does not answer is not left live.
      expect(await expectSettled(app, step), step).toBe('old');
    }
  },
  120_000,
);
