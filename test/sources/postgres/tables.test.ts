import { afterAll, beforeAll, expect } from 'vitest';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { failureOf } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const numbers = Array.from({ length: 99 }, (_, n) => n).values();

function database(content: string, user = 'postgres'): DatabaseFixture {
  const name = `tables_${numbers.next().value}`;
  server.sql(`CREATE DATABASE ${name}`);
  server.sql(content, name);
  return postgresApp(server, name, { user });
}

/** What is in a database: definitions and rows, in no order of theirs. */
function contentOf(app: DatabaseFixture): string {
  return app
    .dump()
    .split('\n')
    .toSorted()
    .join('\n')
    .replaceAll(/^SELECT pg_catalog.setval.*$/gm, '');
}

/** Those of Kedge's in it. */
function schemas(app: DatabaseFixture): readonly string[] {
  const sql = `SELECT nspname FROM pg_namespace WHERE nspname LIKE '%kedge%' ORDER BY 1`;
  return server
    .sql(sql, app.database)
    .split('\n')
    .filter((name) => name !== '');
}

const partsOf = (...tables: readonly string[]) => ({
  parts: tables.map((table) => ({ source: 'db', tables: [{ table }] })),
});

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

async function plan(app: DatabaseFixture, backup: Backup, ...tables: readonly string[]) {
  const made = await app.plan(backup, partsOf(...tables));
  const merges = (made.merges ?? []).flatMap((merge) => merge.tables ?? []);
  return { plan: made, merges, obstacles: made.obstacles };
}

const clinic = `
  CREATE TYPE kind AS ENUM ('dog', 'cat');
  CREATE TABLE owner (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text UNIQUE,
    upper_name text GENERATED ALWAYS AS (upper(name)) STORED);
  CREATE TABLE pet (id serial PRIMARY KEY, owner int NOT NULL REFERENCES owner ON DELETE CASCADE,
    kind kind, notes json, at timestamptz DEFAULT now());
  COMMENT ON CONSTRAINT pet_owner_fkey ON pet IS 'whose it is';
  CREATE TABLE log (what text);
  CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN INSERT INTO public.log VALUES (TG_OP); RETURN coalesce(NEW, OLD); END $$;
  CREATE TRIGGER noting AFTER INSERT OR UPDATE OR DELETE ON owner FOR EACH ROW EXECUTE FUNCTION note();
  CREATE TRIGGER always BEFORE DELETE ON owner FOR EACH ROW EXECUTE FUNCTION note();
  ALTER TABLE owner ENABLE ALWAYS TRIGGER always;
  CREATE TRIGGER off BEFORE DELETE ON owner FOR EACH ROW EXECUTE FUNCTION note();
  ALTER TABLE owner DISABLE TRIGGER off;
  CREATE RULE noted AS ON DELETE TO owner DO ALSO INSERT INTO log VALUES ('rule');
  INSERT INTO owner (name) SELECT 'owner ' || n FROM generate_series(1, 5) n;
  INSERT INTO pet (owner, kind, notes) SELECT 1 + n % 5, 'dog', '{"a": 1}' FROM generate_series(1, 20) n;
  DELETE FROM log;`;

testWithPostgres(
  'a table comes back row by row, nothing else changes, and an undo and the undo of that as well',
  async () => {
    using app = database(clinic);
    const backup = await app.backup();
    server.sql(
      `UPDATE owner SET name = 'owner 3!' WHERE id = 3; UPDATE owner SET name = 'x' WHERE id = 1;
       UPDATE owner SET name = 'owner 1' WHERE id = 2; UPDATE owner SET name = 'owner 2' WHERE id = 1;
       ALTER TABLE pet DROP CONSTRAINT pet_owner_fkey; DELETE FROM owner WHERE id = 5;
       ALTER TABLE pet ADD CONSTRAINT pet_owner_fkey FOREIGN KEY (owner) REFERENCES owner ON DELETE CASCADE NOT VALID;
       COMMENT ON CONSTRAINT pet_owner_fkey ON pet IS 'whose it is';
       INSERT INTO owner (name) VALUES ('late'); UPDATE pet SET kind = 'cat' WHERE id = 7; DELETE FROM log`,
      app.database,
    );
    const since = contentOf(app);
    const asked = await plan(app, backup, 'owner');
    expect(asked.obstacles).toEqual([]);
    expect(asked.merges).toEqual([
      {
        table: 'public.owner',
        inserted: 1,
        overwritten: 3,
        deleted: 1,
        reusedKeys: 0,
        orphans: 0,
        examples: [
          'overwritten: id 1',
          'overwritten: id 2',
          'overwritten: id 3',
          'goes away: id 6',
        ],
      },
    ]);
    const { undo = '', notes } = await app.restore(asked.plan);
    expect(notes).toEqual([]);
    const owners = `SELECT string_agg(id || name || upper_name, ',' ORDER BY id) FROM owner`;
    expect(server.sql(owners, app.database)).toBe(
      '1owner 1OWNER 1,2owner 2OWNER 2,3owner 3OWNER 3,4owner 4OWNER 4,5owner 5OWNER 5',
    );
    expect(server.sql('SELECT count(*) FROM log', app.database)).toBe('0');
    expect(server.sql(`SELECT count(*) FROM pet WHERE kind = 'cat'`, app.database)).toBe('1');
    // Numbers that were given stay given.
    server.sql(`INSERT INTO owner (name) VALUES ('next')`, app.database);
    expect(server.sql('SELECT max(id) FROM owner', app.database)).toBe('7');
    server.sql('DELETE FROM owner WHERE id = 7; DELETE FROM log', app.database);
    const back = await app.undo(undo);
    expect(contentOf(app).replaceAll(/^.*__kedge_undo_.*$/gm, '')).toContain('late');
    server.sql(`DROP SCHEMA ${schemas(app)[0]} CASCADE`, app.database);
    expect(contentOf(app)).toBe(since);
    expect(back.outcome).toBe('undone');
  },
);

testWithPostgres(
  'rows that would point nowhere are counted and named, and both tables together come back',
  async () => {
    using app = database(clinic);
    const backup = await app.backup();
    server.sql(
      `INSERT INTO owner (name) VALUES ('late'), ('later');
       INSERT INTO pet (owner, kind) SELECT 6, 'cat' FROM generate_series(1, 2)
         UNION ALL VALUES (7, 'dog'::kind)`,
      app.database,
    );
    const then = contentOf(app);
    const alone = await plan(app, backup, 'owner');
    expect(alone.merges).toMatchObject([
      { table: 'public.owner', deleted: 2 },
      { table: 'public.pet', orphans: 3 },
    ]);
    expect(alone.obstacles).toEqual([
      'table "public.pet" of source "db": 3 rows would point to rows of "public.owner" that are not there then (owner 6; owner 7): bring back both tables together, load it beside (--beside), or change those rows first',
    ]);
    // Where somebody goes on all the same, the server refuses, and all is as it was.
    const run = app.restore({ ...alone.plan, obstacles: [] });
    expect(await failure(run)).toMatchObject({ code: 'rolled-back' });
    expect(contentOf(app)).toBe(then);
    expect(schemas(app)).toEqual([]);

    const both = await plan(app, backup, 'owner', 'public.pet');
    expect(both.obstacles).toEqual([]);
    await app.restore(both.plan);
    expect(server.sql('SELECT count(*) FROM pet', app.database)).toBe('20');
    expect(server.sql('SELECT max(id) FROM owner', app.database)).toBe('5');
  },
);

const hard = `
  CREATE SCHEMA "odd ""s";
  CREATE TABLE "odd ""s"."Odd ""t" ("a b" int, "ü" text COLLATE "C", "Select" point, PRIMARY KEY ("a b", "ü") DEFERRABLE INITIALLY DEFERRED);
  INSERT INTO "odd ""s"."Odd ""t" VALUES (1, E'\\.', '(1,2)'), (2, E'tab\\tnew\\nline\\\\', NULL), (3, '', '(0,0)');
  CREATE TABLE many (at date NOT NULL, n serial, what json, FOREIGN KEY (n) REFERENCES few) PARTITION BY RANGE (at);
  CREATE TABLE many_old PARTITION OF many FOR VALUES FROM ('2020-01-01') TO ('2026-01-01');
  CREATE TABLE many_new PARTITION OF many DEFAULT;
  INSERT INTO many SELECT date '2025-12-01' + n, n, '[1]' FROM generate_series(1, 60) n;
  CREATE TABLE loose (what json, x xml, d float8); INSERT INTO loose SELECT '{"a" : 1}', 'a<b/>', 'NaN' FROM generate_series(1, 3);
  CREATE TABLE bare (); INSERT INTO bare DEFAULT VALUES;
  CREATE TABLE secret (id int PRIMARY KEY, of text); ALTER TABLE secret ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
  INSERT INTO secret VALUES (1, 'x');
  CREATE TABLE parent (id int PRIMARY KEY); CREATE TABLE child () INHERITS (parent);
  INSERT INTO parent VALUES (1); INSERT INTO child VALUES (1);
  CREATE FUNCTION no() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
  CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION no();`;

testWithPostgres(
  'every kind of table comes back: partitioned, without a key, without columns, with names that are hard to write',
  async () => {
    using app = database(`CREATE TABLE few (n int PRIMARY KEY);
      INSERT INTO few SELECT generate_series(1, 90);${hard}`);
    const backup = await app.backup();
    const then = contentOf(app);
    server.sql(
      `UPDATE "odd ""s"."Odd ""t" SET "ü" = 'x'; DELETE FROM many WHERE n < 5; UPDATE many SET what = '[2]' WHERE n = 50;
       INSERT INTO many VALUES ('2030-01-01', 70, '[]'); UPDATE loose SET d = 1 WHERE ctid = '(0,1)'; INSERT INTO loose VALUES ('1', 'x', 2);
       INSERT INTO bare DEFAULT VALUES; UPDATE secret SET of = 'y'; INSERT INTO parent VALUES (2); DELETE FROM child`,
      app.database,
    );
    const tables = ['odd "s".Odd "t', 'many', 'loose', 'bare', 'secret', 'parent', 'child'];
    const asked = await plan(app, backup, ...tables.map((name) => known[name] ?? name));
    expect(asked.obstacles).toEqual([]);
    expect(
      asked.merges.map(({ table, inserted, overwritten, deleted }) => [
        table,
        inserted,
        overwritten,
        deleted,
      ]),
    ).toEqual([
      ['"odd ""s"."Odd ""t"', 3, 0, 3],
      ['public.many_new', 1, 0, 2],
      ['public.many_old', 4, 0, 0],
      ['public.loose', 1, 0, 2],
      ['public.bare', 0, 0, 1],
      ['public.secret', 0, 1, 0],
      ['public.parent', 0, 0, 1],
      ['public.child', 1, 0, 0],
    ]);
    const { undo = '' } = await app.restore(asked.plan);
    const kept = schemas(app)[0] ?? '';
    // Of what an undo keeps nothing is in a backup.
    const later = await app.backup();
    const { changes } = await app.plan(later);
    expect(changes[0]?.tables?.filter(({ table }) => table.includes('kedge'))).toEqual([]);
    await app.undo(undo);
    expect(schemas(app)).not.toContain(kept);
    await app.restore((await plan(app, later, ...tables.map((name) => known[name] ?? name))).plan);
    for (const name of schemas(app)) server.sql(`DROP SCHEMA ${name} CASCADE`, app.database);
    expect(contentOf(app)).toBe(then);
  },
);

const known: Readonly<Record<string, string>> = { 'odd "s".Odd "t': '"odd ""s"."Odd ""t"' };

testWithPostgres('what a table can not come back into is named with what to do', async () => {
  using app = database(`
    CREATE TABLE a (id int PRIMARY KEY, x int, y varchar(5)); CREATE TABLE c (id int PRIMARY KEY, v int);
    INSERT INTO c VALUES (1, 1), (2, 1); CREATE SCHEMA s1; CREATE SCHEMA s2; CREATE TABLE s1.twin (); CREATE TABLE s2.twin ();
    CREATE TABLE p (at int) PARTITION BY LIST (at); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
    CREATE TABLE q PARTITION OF p FOR VALUES IN (5)`);
  const backup = await app.backup();
  server.sql(
    `ALTER TABLE a DROP x, ADD z int, ALTER y TYPE text; DELETE FROM c WHERE id = 2;
     ALTER TABLE c ADD UNIQUE (v); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);
     ALTER TABLE p DETACH PARTITION q; ALTER TABLE p ATTACH PARTITION q FOR VALUES IN (6)`,
    app.database,
  );
  const { obstacles } = await plan(app, backup, 'a', 'c', 'twin', 'nowhere', 'p');
  const instead =
    'load it beside the live one (--beside) and copy what is needed, or bring back all of the database';
  expect(obstacles.map((one) => one.replace(' of source "db"', ''))).toEqual([
    'table "twin": there are s1.twin and s2.twin: name the schema too',
    'table "nowhere": the backup has no such table',
    `table "public.a": the live table has no column x any more; the live table has columns that came since: z; its column y was character varying(5) and is text now: ${instead}`,
    `table "public.q": it is for other rows now: ${instead}`,
    'table "public.p2": it is a partition of "public.p" that came since: name the partitions that are to come back, or bring back all of the database',
    'table "public.c": its rows do not fit any more: duplicate key value violates unique constraint "v_key"',
  ]);
});

testWithPostgres(
  'tables stand beside the live ones under names of their own, also those that are gone or have other columns',
  async () => {
    using app = database(clinic);
    server.sql('CREATE ROLE its_owner; ALTER TABLE owner OWNER TO its_owner', app.database);
    const backup = await app.backup();
    server.sql(
      `DROP TABLE pet; ALTER TABLE owner DROP name CASCADE; GRANT CREATE ON SCHEMA public TO its_owner`,
      app.database,
    );
    const then = contentOf(app);
    const beside = { ...partsOf('pet', 'owner'), mode: { kind: 'beside' as const } };
    const made = await app.plan(backup, beside);
    expect(made).toMatchObject({ obstacles: [], services: [], downtimeSeconds: 0 });
    const { outcome, notes, undo } = await app.restore(made);
    expect({ outcome, undo, calls: app.services.calls }).toEqual({
      outcome: 'unpacked',
      undo: undefined,
      calls: [],
    });
    const names = notes.map((note) => / holds the (.*); drop .* (DROP TABLE .*);$/.exec(note));
    expect(names.map((found) => found?.[1])).toEqual([
      '20 rows of public.pet as they were',
      '5 rows of public.owner as they were',
    ]);
    const owners = `SELECT string_agg(tablename || ' ' || tableowner, ',' ORDER BY tablename) FROM pg_tables WHERE tablename LIKE '%kedge%'`;
    expect(server.sql(owners, app.database).replaceAll(/_\d+/g, '_N')).toBe(
      'owner__kedge_then_N its_owner,pet__kedge_then_N postgres',
    );
    for (const found of names) server.sql(found?.[2] ?? '', app.database);
    expect(contentOf(app)).toBe(then);

    const { obstacles } = await app.plan(backup, { ...partsOf('nowhere'), mode: beside.mode });
    expect(obstacles).toEqual(['table "nowhere" of source "db": the backup has no such table']);
    const all = await app.plan(backup, { mode: beside.mode });
    expect(all.obstacles).toEqual(['name the tables that are to come (--table SOURCE.TABLE)']);
    server.sql('DROP TYPE kind', app.database);
    expect(await failure(app.restore(made))).toMatchObject({
      code: 'restore-refused',
      params: { why: expect.stringContaining('of the type "public.kind", which') },
    });
    expect(server.sql(owners, app.database)).toBe('');
  },
);
