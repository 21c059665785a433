import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { askedAt, connectWatched } from '../../../agent/databases/postgres/connect-watched.ts';
import { errorCode } from '../../../agent/os/error-code.ts';
import { setFaultHook } from '../../../agent/os/faults.ts';
import { findPlaces } from '../../../agent/os/places.ts';
import { runDumpTool } from '../../../agent/sources/dumps/run-dump-tool.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { undoList, undoRemove } from '../../../protocol/methods/restore.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { openSession, startKedge } from '../../support/kedge.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { own } from '../../support/private-server.ts';
import { makeSmallApplication } from '../../support/small-application.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { mayMount } from '../../support/test-with-mounts.ts';

const { signal } = new AbortController();
let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

function small(database: string, rows = 3): DatabaseFixture {
  server.sql(`CREATE DATABASE ${database}`);
  server.sql(`CREATE TABLE visit AS SELECT n AS id FROM generate_series(1, ${rows}) n`, database);
  return postgresApp(server, database);
}

const login = () => ({
  ...{ place: { socket: server.socket, host: 'localhost', port: server.port } },
  ...{ isLocal: true, user: 'postgres', password: undefined, database: 'postgres' },
});
/** Of a server that answers, however slow the machine is; and of one that never will. */
const patient = { everyMs: 50, withinMs: 30_000, missesAtMost: 2 };
const quick = { ...patient, withinMs: 100 };

/** All its processes stand still, as on a machine whose network is gone: connections stay, nothing is said. */
function freeze(): void {
  const pid = String(server.pid());
  const children = spawnSync('ps', ['-o', 'pid=', '--ppid', pid], { encoding: 'utf8' }).stdout;
  const frozen = [pid, ...children.split(/\s+/).filter(Boolean)].map(Number);
  for (const each of frozen) process.kill(each, 'SIGSTOP');
  // However the test ends: a server that stands still is never stopped.
  onTestFinished(() => {
    for (const each of frozen) process.kill(each, 'SIGCONT');
  });
}

testWithPostgres(
  'a statement and a program end when their server answers nobody any more, and not while it does',
  async () => {
    using answered = await connectWatched(login(), 'the server', signal, patient);
    expect(await answered.query('SELECT pg_sleep(1)', signal)).toHaveLength(1);
    using session = await connectWatched(login(), 'the server', signal, quick);
    const asked = askedAt(login(), 'the server', quick);
    const tool = { source: 'db', tool: '/bin/sleep', argv: ['60'], folder: server.folder };
    const lost = {
      code: 'database-unreachable',
      params: { product: 'PostgreSQL', where: 'the server', why: 'it does not answer any more' },
    };
    freeze();
    const waiting = [
      failure(session.query('SELECT 1', signal)),
      failure(runDumpTool({ ...tool, login: { environment: {}, server: asked } }, signal)),
    ];
    expect(await Promise.all(waiting)).toEqual([lost, lost]);
  },
);

const mountTest = hasPostgres && mayMount() ? test : test.skip;

function mountSmall(path: string, megabytes: number): Disposable {
  mkdirSync(path, { recursive: true });
  const options = `size=${megabytes}m,mode=0700`;
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]);
  own(path);
  return { [Symbol.dispose]: () => void spawnSync('umount', ['-l', path]) };
}

mountTest(
  'scratch that is full in the middle of a dump leaves no backup and is named',
  async () => {
    using app = small('dumped', 200_000);
    const work = app.work();
    using _mounted = mountSmall(work.scratch, 16);
    let isFull = false;
    const progress = (step: string): void => {
      if (isFull || !step.startsWith('count')) return;
      isFull = true;
      const { bavail, bsize } = statfsSync(work.scratch);
      try {
        writeFileSync(join(work.scratch, 'ballast'), Buffer.alloc(bavail * bsize - 128 * 1024));
      } catch (error) {
        // The dump has taken some of it meanwhile: then it is full already.
        if (errorCode(error) !== 'ENOSPC') throw error;
      }
    };
    expect(await failure(app.backup(undefined, { ...work, progress }))).toMatchObject({
      code: 'no-space',
      params: { path: join(work.scratch, 'db') },
    });
    expect(isFull).toBe(true);
  },
);

mountTest('a server that is full in the middle of a restore keeps its old database', async () => {
  const folder = join(server.folder, 'small');
  using _mounted = mountSmall(folder, 40);
  server.sql(`CREATE TABLESPACE small LOCATION '${folder}'`);
  server.sql('CREATE DATABASE crowded TABLESPACE small');
  server.sql('CREATE TABLE visit AS SELECT n AS id FROM generate_series(1, 200000) n', 'crowded');
  using app = postgresApp(server, 'crowded');
  const backup = await app.backup();
  server.sql('DELETE FROM visit WHERE id > 2', 'crowded');
  const plan = await app.plan(backup);
  // What it has not written yet takes no room that could be seen.
  server.sql('CHECKPOINT');
  const ballast = join(folder, 'ballast');
  setFaultHook(({ name }) => {
    if (name !== 'create database') return;
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 9 * 1024 * 1024));
  });
  onTestFinished(() => setFaultHook(undefined));
  expect(await failure(app.restore(plan))).toEqual({
    code: 'database-no-space',
    params: {
      product: 'PostgreSQL',
      where: server.socket,
      why: expect.stringMatching(/(?:extend|write).*No space left on device/),
    },
  });
  setFaultHook(undefined);
  expect([server.sql('SELECT count(*) FROM visit', 'crowded'), app.databases()]).toEqual([
    '2',
    ['crowded|true'],
  ]);
  expect((await app.plan(backup)).obstacles).toEqual([expect.stringContaining(folder)]);
  rmSync(ballast);
  await app.restore(plan);
  expect(server.sql('SELECT count(*) FROM visit', 'crowded')).toBe('200000');
  server.sql('DROP DATABASE crowded');
  for (const kept of server
    .sql(`SELECT datname FROM pg_database WHERE datname LIKE 'crowded%'`)
    .split('\n'))
    server.sql(`DROP DATABASE "${kept}"`);
  server.sql('DROP TABLESPACE small');
});

testWithPostgres(
  'an undo whose server is gone for good is forgotten by a word, and what stays there is said',
  async () => {
    using app = small('forsaken');
    const { undo = '' } = await app.restore(await app.plan(await app.backup()));
    const { home } = await makeSmallApplication(temporaryFolder());
    const record = JSON.parse(readFileSync(join(app.stateFolder, 'undo', `${undo}.json`), 'utf8'));
    const [item] = record.sources[0].items;
    item.server.socket = '/nowhere/.s.PGSQL.5432';
    const folder = join(findPlaces({ KEDGE_HOME: home }).state, 'undo');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${undo}.json`), JSON.stringify({ ...record, places: [] }));
    await using kedge = await startKedge(home);
    using session = await openSession(kedge.socket);
    const remove = async (more: object) =>
      await session.call(undoRemove, {
        ...{ requestId: randomUUID(), undo, confirmation: 'Shop', ...more },
      });
    const why = expect.stringContaining('there is no such socket');
    expect(await failure(remove({}))).toEqual({
      code: 'undo-stays',
      params: { undo: undo.slice(0, 8), why },
    });
    expect(await failure(remove({ forget: true, confirmation: 'shop' }))).toMatchObject({
      code: 'confirmation-wrong',
    });
    expect(await remove({ forget: true })).toMatchObject({
      left: [{ name: item.kept, of: item.live, why }],
    });
    expect(await session.call(undoList, {})).toEqual({ undos: [] });
    expect(kedge.output()).toContain(`"${item.kept}" stays behind`);
  },
);
