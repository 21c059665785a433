import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { Config } from '../../../agent/config/config.ts';
import { setFaultHook } from '../../../agent/os/faults.ts';
import { findPlaces } from '../../../agent/os/places.ts';
import { isGuarded } from '../../../agent/restore/guard.ts';
import { findUnfinishedJournals, recoverJournal } from '../../../agent/restore/recover.ts';
import { listUndos } from '../../../agent/restore/undo-records.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { jobShow } from '../../../protocol/methods/job.ts';
import { recoveryGiveUp, recoveryList } from '../../../protocol/methods/recovery.ts';
import { Crash } from '../../support/crash-at.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { openSession, startKedge } from '../../support/kedge.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { makeSmallApplication } from '../../support/small-application.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

/** "Dies" at that step, and does nothing more. */
function dieAt(step: string): Disposable {
  let dead = false;
  setFaultHook(({ name }) => {
    dead ||= name === step;
    if (dead) throw new Crash(`died at ${step}`);
  });
  return { [Symbol.dispose]: () => setFaultHook(undefined) };
}

/** A database and a folder that are exchanged together. */
function both(database: string): DatabaseFixture {
  server.sql(`CREATE DATABASE ${database}`);
  server.sql('CREATE TABLE visit AS SELECT n AS id FROM generate_series(1, 3) n', database);
  const app = postgresApp(server, database);
  const path = join(app.home, 'uploads');
  mkdirSync(path);
  writeFileSync(join(path, 'note'), 'then');
  const { config } = app;
  app.config = Config.parse({
    ...config,
    sources: { uploads: { engine: 'files', path }, ...config.sources },
  });
  return app;
}

const noteOf = (app: DatabaseFixture): string =>
  readFileSync(join(app.home, 'uploads', 'note'), 'utf8');

/** Dies where the database is about to change its name: the folder is exchanged, clients are shut out. */
async function dieHalfWay(app: DatabaseFixture): Promise<string> {
  const backup = await app.backup();
  writeFileSync(join(app.home, 'uploads', 'note'), 'now');
  server.sql('DELETE FROM visit', app.database);
  const plan = await app.plan(backup);
  using _death = dieAt('rename database');
  await app.restore(plan).catch(() => undefined);
  const [journal = ''] = findUnfinishedJournals(app.stateFolder);
  return journal;
}

const giveUp = async (app: DatabaseFixture, journal: string) =>
  await recoverJournal(journal, app.context, app.work(), { givesUp: true, withinMs: 0 });

testWithPostgres(
  'a recovery without its server brings back what this machine has, and says what stays there',
  async () => {
    using app = both('abandoned');
    const journal = await dieHalfWay(app);
    expect([noteOf(app), app.databases().at(-1)]).toEqual(['then', 'abandoned|false']);
    await server.stop('SIGKILL');
    const { outcome, notes, left = [] } = await giveUp(app, journal);
    expect({ outcome, note: noteOf(app), guarded: isGuarded(app.stateFolder), notes }).toEqual({
      outcome: 'given up',
      note: 'now',
      guarded: false,
      notes: expect.arrayContaining(['what this machine has is as it was before']),
    });
    expect(findUnfinishedJournals(app.stateFolder)).toEqual([]);
    await server.restart();
    const [{ of, what, sql }] = left as [(typeof left)[0]];
    expect(of).toContain('abandoned');
    const kept = /if there is a database "(\w+)"/.exec(what)?.[1];
    expect([kept, server.sql(`SELECT 1 FROM pg_database WHERE datname = '${kept}'`)]).toEqual([
      expect.stringMatching(/^abandoned__kedge_undo_\d+$/),
      '',
    ]);
    for (const statement of sql) server.sql(statement);
    expect(app.databases()).toEqual(['abandoned|true']);
    expect(server.sql('SELECT count(*) FROM visit', 'abandoned')).toBe('0');
  },
  60_000,
);

testWithPostgres(
  'where all was exchanged it stays so, and its undo is kept although nobody can see it',
  async () => {
    using app = both('through');
    const backup = await app.backup();
    writeFileSync(join(app.home, 'uploads', 'note'), 'now');
    const plan = await app.plan(backup);
    app.services.before = (act) => {
      if (act !== 'start host') return;
      setFaultHook(() => {
        throw new Crash('the machine died');
      });
      throw new Crash('the machine died');
    };
    await app.restore(plan).catch(() => undefined);
    setFaultHook(undefined);
    app.services.before = () => undefined;
    const [journal = ''] = findUnfinishedJournals(app.stateFolder);
    await server.stop('SIGKILL');
    app.services.broken.add('host');
    const { outcome, notes, undo, left = [], services } = await giveUp(app, journal);
    await server.restart();
    expect({
      outcome,
      services,
      note: noteOf(app),
      undos: await listUndos(app.stateFolder),
    }).toEqual({
      outcome: 'given up',
      services: [{ id: 'host', health: 'stopped' }],
      note: 'then',
      undos: [expect.objectContaining({ id: undo, state: 'ready' })],
    });
    expect(notes.join()).toMatch(
      /stays exchanged.*"host" did stay healthy|"host" did not become healthy/,
    );
    const kept = /if there is a database "(\w+)"/.exec(left[0]?.what ?? '')?.[1];
    expect(server.sql(`SELECT datallowconn FROM pg_database WHERE datname = '${kept}'`)).toBe('f');
    await app.undo(undo ?? '');
    expect(noteOf(app)).toBe('now');
  },
  60_000,
);

testWithPostgres(
  'a server that answers is never given up: what was ordered is an ordinary recovery',
  async () => {
    using app = both('alive');
    const journal = await dieHalfWay(app);
    const { outcome, left } = await giveUp(app, journal);
    expect([outcome, left, noteOf(app), app.databases()]).toEqual([
      'rolled back',
      undefined,
      'now',
      ['alive|true'],
    ]);
  },
);

testWithPostgres(
  'Kedge lists what waits for a server, and gives it up by the typed name only while that is silent',
  async () => {
    using app = both('listed');
    const journal = await dieHalfWay(app);
    const { home } = await makeSmallApplication(temporaryFolder());
    await using kedge = await startKedge(home);
    const folder = join(findPlaces({ KEDGE_HOME: home }).state, 'journal');
    mkdirSync(folder, { recursive: true });
    const at = join(folder, '70.jsonl');
    copyFileSync(journal, at);
    await using session = await openSession(kedge.socket);
    const order = async (confirmation: string) =>
      await session.call(recoveryGiveUp, { requestId: randomUUID(), job: 70, confirmation });
    expect(await failure(order('Shop'))).toEqual({
      code: 'recovery-stays',
      params: { job: 70, why: expect.stringContaining('its server answers') },
    });
    writeFileSync(at, readFileSync(at, 'utf8').replaceAll(server.socket, '/nowhere'));
    const { recoveries } = await session.call(recoveryList, {});
    expect(recoveries).toMatchObject([
      {
        ...{ job: 70, application: 'Shop', stage: 'half exchanged', isAtWork: false },
        servers: [{ why: expect.stringContaining('there is no such socket') }],
        left: [
          { sql: ['ALTER DATABASE "listed" WITH ALLOW_CONNECTIONS true;', expect.any(String)] },
        ],
      },
    ]);
    expect(await failure(order('shop'))).toMatchObject({ code: 'confirmation-wrong' });
    const settling = await order('Shop');
    expect((await session.call(jobShow, settling)).job).toMatchObject({ settles: 70 });
    expect(await failure(order('Shop'))).toMatchObject({ params: { why: 'it is at work' } });
    await app.recover();
  },
  60_000,
);
