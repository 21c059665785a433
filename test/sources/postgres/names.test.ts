import { afterAll, beforeAll, expect } from 'vitest';
import { PostgresSettings } from '../../../agent/databases/postgres/settings.ts';
import { setFaultHook } from '../../../agent/os/faults.ts';
import { isOurs } from '../../../agent/sources/name-beside.ts';
import { leftInPostgres } from '../../../agent/sources/postgres/left-behind.ts';
import { aloneWords } from '../../../agent/sources/postgres/rename-databases.ts';
import { openMaintenance } from '../../../agent/sources/postgres/sessions.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { smallDatabase, visitsIn } from '../../support/small-postgres.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const visit = [{ source: 'db', tables: [{ table: 'visit' }] }];

testWithPostgres(
  'two Kedges that restore databases or tables of one name in one server at once, with the same number of a job, each make their own',
  async () => {
    using app = smallDatabase(server, 3);
    using other = postgresApp(server, app.database);
    const backups = [await app.backup(), await other.backup()] as const;
    server.sql('DELETE FROM visit', app.database);
    for (const parts of [undefined, visit]) {
      const order = parts === undefined ? {} : { parts };
      const plans = await Promise.all([app.plan(backups[0], order), other.plan(backups[1], order)]);
      const jobs = [app.work(), other.work()] as const;
      expect(jobs[0].job).toBe(jobs[1].job);
      const ends = await Promise.allSettled([
        app.restore(plans[0], jobs[0]),
        other.restore(plans[1], jobs[1]),
      ]);
      const reasons = ends.map((end) => ('reason' in end ? String(end.reason) : 'restored'));
      expect(reasons).toContain('restored');
      // The one that came second may have to settle first.
      for (const each of [app, other]) await each.recover();
      expect(visitsIn(server, app)).toBe('3');
      const left = server.sql(
        `SELECT datname FROM pg_database UNION SELECT nspname FROM pg_namespace`,
        app.database,
      );
      expect(left.split('\n').filter((name) => name.includes('__kedge_new_'))).toEqual([]);
    }
  },
);

testWithPostgres(
  'from its look at a database until that is exchanged, and back, a Kedge is alone at it',
  async () => {
    using app = smallDatabase(server, 3);
    const backup = await app.backup();
    const tried = aloneWords(app.database).replace('pg_advisory_lock', 'pg_try_advisory_lock');
    const got: string[] = [];
    setFaultHook(({ name }) => {
      if (/database$|renames$/.test(name)) got.push(`${name} ${server.sql(tried)}`);
    });
    app.services.broken.add('host');
    try {
      await expect(app.restore(await app.plan(backup))).rejects.toThrow('rolled back');
      const exchange = [
        'close database f',
        'rename database f',
        'commit renames f',
        'renamed database f',
      ];
      expect(got).toEqual(['create database t', ...exchange, ...exchange]);
    } finally {
      setFaultHook(undefined);
    }
  },
);

testWithPostgres(
  'a session that never lets go of a database, as of a machine that lost its power, holds up no restore for good',
  async () => {
    using app = smallDatabase(server, 3);
    const plan = await app.plan(await app.backup());
    server.sql('DELETE FROM visit', app.database);
    const never = new AbortController().signal;
    const reached = { socket: server.socket, user: 'postgres', name: app.database };
    using lost = await openMaintenance(
      PostgresSettings.parse({ engine: 'postgres', ...reached }),
      never,
    );
    await lost.query(aloneWords(app.database), never);
    await app.restore(plan);
    expect(visitsIn(server, app)).toBe('3');
  },
);

testWithPostgres(
  'what is left to be dropped by hand is SQL whatever the database is called',
  () => {
    for (const name of ['a*/ DROP TABLE visit; /*', '/*', '*/', '/*/**/', 'it\'s "so"']) {
      const left = leftInPostgres(
        {
          live: name,
          server: { engine: 'postgres', name, user: 'postgres' },
          incoming: 'clinic__kedge_new_7',
          outgoing: 'clinic__kedge_undo_9',
          tables: ['public.visit'],
        },
        { isUndo: false },
      );
      expect(left?.sql).toHaveLength(1);
      server.sql('CREATE SCHEMA "clinic__kedge_new_7"; CREATE TABLE visit (id int)');
      server.sql(left?.sql[0] ?? '');
      const sql = `SELECT to_regnamespace('clinic__kedge_new_7') IS NULL, to_regclass('visit') IS NULL`;
      expect(server.sql(sql)).toBe('t|f');
      server.sql('DROP TABLE visit');
    }
    expect(isOurs('clinic__kedge_new_7')).toBe(true);
  },
);

testWithPostgres(
  'a materialized view is filled whatever the encoding of the database and its own name are',
  async () => {
    server.sql(
      `CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`,
    );
    server.sql(`ALTER DATABASE latin SET client_encoding = 'UTF8'`);
    server.sql(
      `CREATE SCHEMA "Ä"; CREATE MATERIALIZED VIEW "Ä"."Größe" AS SELECT 1 AS "ü"; CREATE TABLE visit (id int)`,
      'latin',
    );
    using app = postgresApp(server, 'latin');
    const { notes } = await app.restore(await app.plan(await app.backup()));
    expect(notes).toEqual([]);
    expect(server.sql('SELECT "ü" FROM "Ä"."Größe"', 'latin')).toBe('1');
  },
);

testWithPostgres(
  'a table whose publication lets nobody delete rows is refused in the plan, with what to do',
  async () => {
    using app = smallDatabase(server, 3);
    server.sql(
      'CREATE TABLE bare (a int); INSERT INTO bare VALUES (1); CREATE PUBLICATION pub FOR TABLE bare',
      app.database,
    );
    const backup = await app.backup();
    const parts = [{ source: 'db', tables: [{ table: 'bare' }] }];
    expect((await app.plan(backup, { parts })).obstacles).toEqual([
      'table "public.bare" of source "db": it is published, and the server says: cannot delete from table "bare" because it does not have a replica identity and publishes deletes: take it out of the publication meanwhile, or give it a replica identity (ALTER TABLE "public"."bare" REPLICA IDENTITY FULL;)',
    ]);
    server.sql('ALTER TABLE bare REPLICA IDENTITY FULL; DELETE FROM bare', app.database);
    await app.restore(await app.plan(backup, { parts }));
    expect(server.sql('SELECT count(*) FROM bare', app.database)).toBe('1');
  },
);
