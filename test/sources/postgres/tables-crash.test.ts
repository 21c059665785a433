import { afterAll, beforeAll, expect } from 'vitest';
import { findSessions } from '../../../agent/databases/postgres/sessions.ts';
import { type DiskOperation, setFaultHook } from '../../../agent/os/faults.ts';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { openSession } from '../../../agent/sources/postgres/sessions.ts';
import { serverOf } from '../../../agent/sources/postgres/settings.ts';
import {
  exchangeRows,
  exchangeRowsBack,
} from '../../../agent/sources/postgres/tables/exchange-rows.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { crashAt } from '../../support/crash-at.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import {
  ownSchemas,
  visitParts as parts,
  visitRows as rows,
  visitsSince as since,
  visitsThen as then,
  visitsOfPets,
  workOnVisits,
} from '../../support/postgres-visits.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { until } from '../../support/until.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const small = (user?: string): DatabaseFixture => visitsOfPets(server, user);
const visits = (app: DatabaseFixture): string => server.sql(rows, app.database);
const work = (app: DatabaseFixture): void => workOnVisits(server, app);
const schemas = (app: DatabaseFixture) => ownSchemas(server, app);

async function failure(doing: Promise<unknown>) {
  return await doing.then(() => 'nothing failed', failureOf);
}

async function operationsOf(doing: () => Promise<unknown>): Promise<number> {
  const operations: DiskOperation[] = [];
  setFaultHook((operation) => operations.push(operation));
  await doing();
  setFaultHook(undefined);
  return operations.length;
}

/** Rows of the backup (old) or those since; all is of one state, its foreign key holds, nothing half made is left. */
async function settle(app: DatabaseFixture, where: string): Promise<'old' | 'new'> {
  await app.recover();
  expect(findUnfinishedJournals(app.stateFolder), where).toEqual([]);
  expect([...app.services.running].toSorted(), where).toEqual(['host', 'server']);
  const state = `SELECT (SELECT count(*) FROM pg_namespace WHERE nspname LIKE '%kedge_new%') || ' '
    || (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated) || ' ' || (${rows})`;
  const [made, keys, now = ''] = server.sql(state, app.database).split(' ');
  expect([made, keys], where).toEqual(['0', '1']);
  expect([then, since], where).toContain(now);
  return now === then ? 'old' : 'new';
}

async function dieAt(app: DatabaseFixture, k: number, doing: () => Promise<unknown>) {
  {
    using point = crashAt(k);
    app.services.before = point.refuse;
    await doing().catch(() => undefined);
    expect(point.crashed, `operation ${k}`).toBe(true);
  }
  app.services.before = () => undefined;
  return await settle(app, `operation ${k}`);
}

testWithPostgres(
  'a restore and an undo of a table that die at any step are settled: old or new rows',
  async () => {
    using app = small();
    const backup = await app.backup();
    work(app);
    const plan = await app.plan(backup, { parts });
    const ends = { old: 0, new: 0 };
    let undo = '';
    const restoring = await operationsOf(async () => {
      undo = (await app.restore(plan)).undo ?? '';
    });
    const undoing = await operationsOf(async () => await app.undo(undo));
    for (let k = 1; k <= restoring; k += 1) {
      const job = app.work();
      const end = await dieAt(app, k, async () => await app.restore(plan, job));
      ends[end] += 1;
      if (end === 'old') await app.undo(`undo-${job.job}`);
      expect(visits(app)).toBe(since);
    }
    undo = (await app.restore(plan)).undo ?? '';
    for (let k = 1; k <= undoing; k += 1) {
      const job = app.work();
      const end = await dieAt(app, k, async () => await app.undo(undo, job));
      ends[end] += 1;
      if (end === 'new') undo = (await app.undo(`undo-${job.job}`)).undo ?? '';
    }
    process.stderr.write(`postgres tables: died at ${ends.old + ends.new} operations\n`);
    expect(ends.old).toBeGreaterThan(20);
    expect(ends.new).toBeGreaterThan(20);
  },
  300_000,
);

testWithPostgres(
  'the server killed at any step of an exchange comes up with old or new rows, never a blend',
  async () => {
    using app = small();
    const backup = await app.backup();
    work(app);
    const plan = await app.plan(backup, { parts });
    for (const step of ['commit tables', 'check foreign keys', 'commit rows', 'exchanged rows']) {
      let isKilled = false;
      setFaultHook(({ name }) => {
        if (name !== step || isKilled) return;
        isKilled = true;
        process.kill(server.pid(), 'SIGKILL');
      });
      const ended = app.restore(plan).then(
        () => 'old',
        () => 'new',
      );
      await until(() => isKilled);
      await server.stop('SIGKILL');
      await server.restart();
      // A server that is up again in time does not even end the restore.
      const end = await ended;
      setFaultHook(undefined);
      expect(await settle(app, step), step).toBe(end);
      if (end === 'old') work(app);
    }
  },
  120_000,
);

testWithPostgres(
  'an exchange whose session was lost and that commits only then is taken back all the same',
  async () => {
    using app = small();
    const source = app.config.sources['db'];
    if (source?.engine !== 'postgres') throw new Error('it has another source');
    const asked = serverOf(source);
    const outgoing = `${app.database}__kedge_undo_1`;
    const { signal } = new AbortController();
    using lost = await openSession(asked, app.database, signal);
    await lost.query(
      `BEGIN; LOCK TABLE public.visit IN ACCESS EXCLUSIVE MODE; CREATE SCHEMA ${outgoing};
       CREATE TABLE ${outgoing}.t1 AS SELECT * FROM public.visit; DELETE FROM public.visit`,
      signal,
    );
    let isOver = false;
    const step = {
      server: asked,
      tables: ['public.visit'],
      incoming: `${app.database}__kedge_new_1`,
    };
    const back = exchangeRowsBack({ kind: 'exchange-rows', ...step, outgoing }, signal).finally(
      () => {
        isOver = true;
      },
    );
    const waiting = `SELECT count(*) FROM pg_locks WHERE NOT granted`;
    await until(() => isOver || server.sql(waiting) === '1');
    await lost.query('COMMIT', signal);
    await back;
    expect(visits(app)).toBe(then);
  },
);

testWithPostgres(
  'an exchange whose session the server still believes in is ended by the recovery, and nobody else is',
  async () => {
    using app = small();
    const source = app.config.sources['db'];
    if (source?.engine !== 'postgres') throw new Error('it has another source');
    const { database } = app;
    const asked = serverOf(source);
    const names = { incoming: `${database}__kedge_new_1`, outgoing: `${database}__kedge_undo_1` };
    server.sql(
      `CREATE SCHEMA ${names.incoming}; CREATE TABLE ${names.incoming}.t1 AS SELECT * FROM visit`,
      database,
    );
    const { signal } = new AbortController();
    using holder = await openSession(asked, database, signal);
    await holder.query(
      `SET application_name = 'kedge exchange other'; BEGIN; LOCK TABLE public.pet`,
      signal,
    );
    const order = { kind: 'exchange-rows', server: asked, tables: ['public.visit'] } as const;
    const step = { ...order, ...names, mark: '0b6c7a52-5c1d-4c6b-9d0e-7f6f0c7d1a11' };
    const lost = failure(exchangeRows(step, signal));
    const waiting = `SELECT count(*) FROM pg_locks WHERE NOT granted`;
    await until(() => server.sql(waiting) === '1');
    const looked = { name: database, user: 'postgres' };
    expect((await findSessions(holder, looked, signal)).clients).toEqual([]);
    await exchangeRowsBack(step, AbortSignal.timeout(10_000));
    expect(await lost).toMatchObject({ code: expect.stringMatching(/^database-/) });
    await holder.query('COMMIT', signal);
    expect([visits(app), schemas(app)]).toEqual([then, [names.incoming]]);
  },
);
