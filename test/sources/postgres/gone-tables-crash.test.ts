import { dirname } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { findLocalPostgres } from '../../../agent/databases/postgres/local-postgres.ts';
import { type DiskOperation, setFaultHook } from '../../../agent/os/faults.ts';
import { findUnfinishedJournals } from '../../../agent/restore/recover.ts';
import { crashAt } from '../../support/crash-at.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import {
  ownSchemas,
  visitParts as parts,
  visitRows,
  visitsOfPets,
  visitsThen,
} from '../../support/postgres-visits.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { until } from '../../support/until.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

async function operationsOf(doing: () => Promise<unknown>): Promise<number> {
  const operations: DiskOperation[] = [];
  setFaultHook((operation) => operations.push(operation));
  await doing();
  setFaultHook(undefined);
  return operations.length;
}

/** All of the table with its key and index, or nothing of it; nothing half made is left. */
async function settle(app: DatabaseFixture, where: string): Promise<'there' | 'gone'> {
  await app.recover();
  expect(findUnfinishedJournals(app.stateFolder), where).toEqual([]);
  const sql = `SELECT (SELECT count(*) FROM pg_namespace WHERE nspname LIKE '%kedge_new%')
    || ' ' || (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = to_regclass('public.visit'))
    || ' ' || (SELECT count(*) FROM pg_indexes WHERE schemaname = 'public' AND tablename = 'visit')`;
  const found = server.sql(sql, app.database);
  expect(['0 0 0', '0 1 1'], where).toContain(found);
  if (found === '0 0 0') return 'gone';
  expect(server.sql(visitRows, app.database), where).toBe(visitsThen);
  return 'there';
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
  'a restore and an undo of a table that was gone that die at any step are settled: all of it or nothing',
  async () => {
    using app = visitsOfPets(server);
    const backup = await app.backup();
    server.sql('DROP TABLE visit', app.database);
    const plan = await app.plan(backup, { parts });
    const ends = { there: 0, gone: 0 };
    let undo = '';
    const restoring = await operationsOf(async () => {
      undo = (await app.restore(plan)).undo ?? '';
    });
    const undoing = await operationsOf(async () => await app.undo(undo));
    for (let k = 1; k <= restoring; k += 1) {
      const job = app.work();
      const end = await dieAt(app, k, async () => await app.restore(plan, job));
      ends[end] += 1;
      if (end === 'there') await app.undo(`undo-${job.job}`);
      expect(await settle(app, `after operation ${k}`)).toBe('gone');
    }
    undo = (await app.restore(plan)).undo ?? '';
    for (let k = 1; k <= undoing; k += 1) {
      const job = app.work();
      const end = await dieAt(app, k, async () => await app.undo(undo, job));
      ends[end] += 1;
      if (end === 'gone') undo = (await app.undo(`undo-${job.job}`)).undo ?? '';
    }
    process.stderr.write(`postgres gone tables: died at ${ends.there + ends.gone} operations\n`);
    expect(ends.there).toBeGreaterThan(20);
    expect(ends.gone).toBeGreaterThan(20);
  },
  300_000,
);

testWithPostgres(
  'the server killed at any step of bringing back a table that was gone comes up with all of it or nothing',
  async () => {
    using app = visitsOfPets(server);
    const backup = await app.backup();
    server.sql('DROP TABLE visit', app.database);
    const plan = await app.plan(backup, { parts });
    for (const step of [
      'make table',
      'commit tables',
      'check foreign keys',
      'commit rows',
      'exchanged rows',
    ]) {
      let isKilled = false;
      setFaultHook(({ name }) => {
        if (name !== step || isKilled) return;
        isKilled = true;
        process.kill(server.pid(), 'SIGKILL');
      });
      const job = app.work();
      const ended = app.restore(plan, job).then(
        () => 'there',
        () => 'gone',
      );
      await until(() => isKilled);
      await server.stop('SIGKILL');
      await server.restart();
      const end = await ended;
      setFaultHook(undefined);
      expect(await settle(app, step), step).toBe(end);
      if (end === 'there') await app.undo(`undo-${job.job}`);
      expect(ownSchemas(server, app).filter((name) => name.includes('_new_'))).toEqual([]);
    }
  },
  120_000,
);

testWithPostgres(
  'the role that init proposes brings back a table that is gone; what another role lacks is named',
  async () => {
    using app = visitsOfPets(server);
    const { database: name } = app;
    server.sql(
      'CREATE ROLE an_owner; CREATE ROLE weak LOGIN; GRANT pg_read_all_data TO weak; CREATE ROLE leaver',
    );
    server.sql(`ALTER DATABASE ${name} OWNER TO an_owner`);
    server.sql(
      `GRANT USAGE, CREATE ON SCHEMA public TO an_owner; ALTER TABLE visit OWNER TO an_owner; ALTER TABLE pet OWNER TO an_owner;
       CREATE TABLE lost (id int); GRANT CREATE ON SCHEMA public TO leaver; ALTER TABLE lost OWNER TO leaver`,
      name,
    );
    const [found] = await findLocalPostgres('least', dirname(server.socket));
    server.sql((found?.sql ?? []).join('\n').replace('OWNER_OF_THE_DATABASE', 'an_owner'));
    using weak = postgresApp(server, name, { user: 'weak' });
    using least = postgresApp(server, name, { user: 'least' });
    const backup = await least.backup();
    server.sql(
      'DROP TABLE visit, lost; REVOKE CREATE ON SCHEMA public FROM PUBLIC; DROP OWNED BY leaver',
      name,
    );
    server.sql('DROP ROLE leaver');
    const both = [...parts, { source: 'db', tables: [{ table: 'lost' }] }];
    const { obstacles } = await weak.plan(backup, { parts: both });
    expect(obstacles.filter((one) => !one.includes('table "public.'))).toEqual([
      'source "db": these roles are missing in the server: "leaver"; create them (globals.sql in the backup has them)',
      'source "db": "weak" is no member of the role that owned the tables, or owns those of their foreign keys (GRANT "an_owner" TO "weak";)',
      'source "db": "weak" may not make tables in the schema "public" (GRANT USAGE, CREATE ON SCHEMA "public" TO "weak";)',
      `source "db": "weak" may not make a schema for them (GRANT CREATE, TEMPORARY ON DATABASE "${name}" TO "weak";)`,
    ]);
    const plan = await least.plan(backup, { parts });
    expect(plan.obstacles).toEqual([]);
    const { undo = '' } = await least.restore(plan);
    expect(await settle(app, 'restored')).toBe('there');
    const owner = `SELECT tableowner FROM pg_tables WHERE tablename = 'visit' AND schemaname = 'public'`;
    expect(server.sql(owner, name)).toBe('an_owner');
    await least.undo(undo);
    expect(await settle(app, 'undone')).toBe('gone');
  },
);
