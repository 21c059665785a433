import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { runVerify } from '../../../agent/backup/run-verify.ts';
import { expireUndos } from '../../../agent/restore/expire-undos.ts';
import { findUndo } from '../../../agent/restore/undo-records.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { zooContent, zooProperties, zooRoles } from '../../support/postgres-zoo.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { smallDatabase, visitsIn } from '../../support/small-postgres.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql(zooRoles);
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const small = (rows?: number, name?: string): DatabaseFixture => smallDatabase(server, rows, name);

const rowsOf = (app: DatabaseFixture): string => visitsIn(server, app);

testWithPostgres(
  'every kind of object comes back as it was, and an undo and the undo of that as well',
  async () => {
    server.sql('CREATE DATABASE zoo OWNER zoo_owner');
    server.sql(zooContent, 'zoo');
    server.sql(zooProperties('zoo'));
    using app = postgresApp(server, 'zoo');
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
  const globals = readFileSync(join(folder, 'db', 'globals.sql'), 'utf8');
  expect(globals).toContain('CREATE ROLE zoo_reader;');
  expect(globals).not.toContain('PASSWORD');
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

testWithPostgres(
  'a subscription stays out of what is restored, and one of the live database is named before',
  async () => {
    using app = small();
    const { database } = app;
    server.sql(
      `CREATE SUBSCRIPTION taken CONNECTION 'host=/nowhere' PUBLICATION p WITH (connect = false)`,
      database,
    );
    const backup = await app.backup();
    expect((await app.plan(backup)).obstacles).toEqual([
      expect.stringContaining('the subscription "taken" belongs to what is live now'),
    ]);
    server.sql('ALTER SUBSCRIPTION taken SET (slot_name = NONE)', database);
    server.sql('DROP SUBSCRIPTION taken; DELETE FROM visit', database);
    const { undo = '' } = await app.restore(await app.plan(backup));
    expect([rowsOf(app), server.sql('SELECT count(*) FROM pg_subscription')]).toEqual(['3', '0']);
    await app.undo(undo);
  },
);

testWithPostgres(
  'a materialized view that can not be filled comes back empty and is named, and keeps no other from it',
  async () => {
    using app = small();
    const { database } = app;
    server.sql(
      `CREATE FUNCTION visits() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM visit';
       CREATE MATERIALIZED VIEW "needs path" AS SELECT visits() AS n;
       CREATE TABLE switch (x int);
       CREATE FUNCTION fails() RETURNS int LANGUAGE plpgsql AS
         'BEGIN IF EXISTS (SELECT FROM public.switch) THEN RAISE ''it is on''; END IF; RETURN 1; END';
       CREATE MATERIALIZED VIEW broken AS SELECT fails() AS n; INSERT INTO switch VALUES (1)`,
      database,
    );
    const backup = await app.backup();
    const { notes, undo = '' } = await app.restore(await app.plan(backup));
    expect(notes).toEqual([
      expect.stringMatching(
        /^materialized view "public"\."broken" of source "db" can't be filled and is empty.*it is on/,
      ),
    ]);
    expect(server.sql('SELECT n FROM "needs path"', database)).toBe('3');
    await app.undo(undo);
  },
);
