import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runVerify } from '../../../agent/backup/run-verify.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { startCuttingProxy } from '../../support/cutting-proxy.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { dataOf, wholePostgresApp } from '../../support/postgres-server-app.ts';
import { postgresBin, startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { own, runAs } from '../../support/private-server.ts';
import { mayMount } from '../../support/test-with-mounts.ts';
import { until } from '../../support/until.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  await server.stop('SIGINT');
  runAs(server.folder, [join(postgresBin ?? '', 'pg_checksums'), '-e', '-D', dataOf(server)]);
  await server.start();
  server.sql(
    // So that a server counts its rows in the index alone, if it may.
    `CREATE TABLE visit AS SELECT n AS id, repeat('visit ', 50) || n AS what FROM generate_series(1, 20000) n;
     ALTER TABLE visit ADD PRIMARY KEY (id);
     VACUUM ANALYZE visit`,
  );
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

/** Nothing is kept of it, and nothing lies about. */
function expectNothingOf(app: DatabaseFixture, scratch: string): void {
  expect(readdirSync(app.backups)).toEqual([]);
  expect(readdirSync(scratch)).toEqual([]);
}

/** Looked at and copied, each over two connections: before, and for the backup. */
const untilCopied = [{}, {}, {}];

testWithPostgres('a connection that breaks in the middle of a copy leaves no backup', async () => {
  const line = join(server.folder, 'line');
  const plans = [...untilCopied, { cutAfter: 8 << 20 }];
  await using proxy = await startCuttingProxy(server.socket, line, plans);
  using app = wholePostgresApp(server, { socket: line });
  const work = app.work();
  expect(await failure(app.backup(undefined, work))).toMatchObject({
    code: 'nothing-captured',
    params: { problem: expect.stringContaining('it closed the connection') },
  });
  expect(proxy.connections()).toBe(4);
  expectNothingOf(app, work.scratch);
});

testWithPostgres('a server that is killed in the middle of its copy leaves no backup', async () => {
  const line = join(server.folder, 'slow');
  const plans = [...untilCopied, { delayMs: 5 }];
  await using proxy = await startCuttingProxy(server.socket, line, plans);
  using app = wholePostgresApp(server, { socket: line });
  const work = app.work();
  const backup = failure(app.backup(undefined, work));
  await until(() => proxy.bytes() > 1 << 20);
  await server.stop('SIGKILL');
  expect(await backup).toMatchObject({ code: 'nothing-captured' });
  expectNothingOf(app, work.scratch);
  await server.restart();
});

testWithPostgres('a backup that is cancelled in the middle of a copy ends the copy', async () => {
  const line = join(server.folder, 'cancelled');
  const plans = [...untilCopied, { delayMs: 5 }];
  await using proxy = await startCuttingProxy(server.socket, line, plans);
  using app = wholePostgresApp(server, { socket: line });
  const stopping = new AbortController();
  const work = { ...app.work(), signal: stopping.signal };
  const backup = app.backup(undefined, work).catch((error: unknown) => error);
  await until(() => proxy.bytes() > 1 << 20);
  stopping.abort(new Error('enough'));
  expect(await backup).toEqual(new Error('enough'));
  expectNothingOf(app, work.scratch);
  const senders = `SELECT count(*) FROM pg_stat_replication`;
  await until(() => server.sql(senders) === '0');
});

testWithPostgres('a tablespace that is made while the server is copied is refused', async () => {
  const far = join(server.folder, 'far');
  mkdirSync(far);
  own(far);
  using app = wholePostgresApp(server);
  const work = app.work();
  let isMade = false;
  const progress = (step: string, done: number, total: number): void => {
    // As late as a server says how far it is.
    if (isMade || !step.startsWith('capture') || done === 0 || done < total) return;
    isMade = true;
    server.sql(`CREATE TABLESPACE far LOCATION '${far}'`);
  };
  expect(await failure(app.backup(undefined, { ...work, progress }))).toMatchObject({
    code: 'nothing-captured',
    params: { problem: expect.stringContaining('tablespaces outside of its data folder') },
  });
  expectNothingOf(app, work.scratch);
  server.sql('DROP TABLESPACE far');
});

function mountSmall(path: string, megabytes: number): Disposable {
  mkdirSync(path, { recursive: true });
  const options = `size=${megabytes}m,mode=0700`;
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]);
  return { [Symbol.dispose]: () => void spawnSync('umount', ['-l', path]) };
}

const mountTest = hasPostgres && mayMount() ? test : test.skip;

mountTest('scratch that is full in the middle of a copy is named', async () => {
  using app = wholePostgresApp(server);
  const work = app.work();
  // What it announces before fits; what is written meanwhile does not.
  const bytes = Number(server.sql('SELECT sum(pg_database_size(oid)) FROM pg_database'));
  using _mounted = mountSmall(work.scratch, Math.ceil(bytes / 2 ** 20) + 64);
  const ballast = join(work.scratch, 'ballast');
  let isFull = false;
  const progress = (step: string): void => {
    if (isFull || !step.startsWith('capture')) return;
    isFull = true;
    const file = openSync(ballast, 'w');
    for (let mib = 0; mib < 70; mib += 1) writeSync(file, Buffer.alloc(1 << 20));
    closeSync(file);
  };
  expect(await failure(app.backup(undefined, { ...work, progress }))).toMatchObject({
    code: 'no-space',
  });
  expect(readdirSync(work.scratch)).toEqual(['ballast']);
});

testWithPostgres(
  'a page whose checksum is wrong is found by the server: verify calls the backup damaged, and no restore brings it',
  async () => {
    const file = join(dataOf(server), server.sql(`SELECT pg_relation_filepath('visit')`));
    server.sql('CHECKPOINT');
    await server.stop('SIGINT');
    const was = readFileSync(file);
    const opened = openSync(file, 'r+');
    writeSync(opened, Buffer.from('gone'), 0, 4, 8192 + 4000);
    closeSync(opened);
    await server.start();
    using app = wholePostgresApp(server);
    const backup = await app.backup();
    const found = /the server itself found damaged pages .*checksum verification failed in file/;
    expect(await runVerify(backup.path, app.work())).toMatchObject({
      integrity: 'damaged',
      integrityProblem: expect.stringMatching(found),
    });
    const plan = await app.plan(backup);
    expect(plan.warnings).toContainEqual(expect.stringMatching(found));
    const live = statSync(dataOf(server)).ino;
    expect(await failure(app.restore(plan))).toMatchObject({
      code: 'restore-refused',
      params: { why: expect.stringContaining('invalid page in block 1') },
    });
    expect(statSync(dataOf(server)).ino).toBe(live);
    await server.stop('SIGINT');
    const healed = openSync(file, 'r+');
    writeSync(healed, was, 8192, 8192, 8192);
    closeSync(healed);
    await server.start();
    expect(await runVerify((await app.backup()).path, app.work())).toMatchObject({
      integrity: 'ok',
    });
  },
);
