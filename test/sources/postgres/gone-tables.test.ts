import { afterAll, beforeAll, expect } from 'vitest';
import { expireUndos } from '../../../agent/restore/expire-undos.ts';
import { findUndo } from '../../../agent/restore/undo-records.ts';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { failureOf } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { ownSchemas } from '../../support/postgres-visits.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql('CREATE ROLE anna; CREATE ROLE bert');
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const numbers = Array.from({ length: 99 }, (_, n) => n).values();

function database(content: string, options = ''): DatabaseFixture {
  const name = `gone_${numbers.next().value}`;
  server.sql(`CREATE DATABASE ${name} ${options}`);
  server.sql(`ALTER DATABASE ${name} SET client_encoding = 'UTF8'`);
  server.sql(content, name);
  return postgresApp(server, name);
}

/** Definitions and rows, in no order of theirs, without what an undo keeps. */
function contentOf(app: DatabaseFixture): string {
  return server
    .run('pg_dump', ['-U', 'postgres', '--exclude-schema=*kedge*', app.database])
    .split('\n')
    .filter((line) => !/^\\(un)?restrict /.test(line))
    .toSorted()
    .join('\n');
}

const schemas = (app: DatabaseFixture) => ownSchemas(server, app);

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

async function plan(app: DatabaseFixture, backup: Backup, ...tables: readonly string[]) {
  const parts = tables.map((table) => ({ source: 'db', tables: [{ table }] }));
  const made = await app.plan(backup, { parts });
  const merges = (made.merges ?? []).flatMap((merge) => merge.tables ?? []);
  return { plan: made, merges, obstacles: made.obstacles };
}

const nothing = { overwritten: 0, deleted: 0, reusedKeys: 0, orphans: 0 };

/** Everything that a table can have of its own. */
const clinic = `
  CREATE TYPE kind AS ENUM ('dog', 'cat');
  CREATE TABLE owner (id int PRIMARY KEY); INSERT INTO owner VALUES (1), (2);
  CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
  CREATE TABLE visit (id serial PRIMARY KEY, n int GENERATED ALWAYS AS IDENTITY, owner int REFERENCES owner,
    kind kind DEFAULT 'dog', "odd ""c" text COLLATE "C" CHECK ("odd ""c" <> ''), up text GENERATED ALWAYS AS (upper("odd ""c")) STORED,
    self int REFERENCES visit DEFERRABLE INITIALLY DEFERRED, place point, EXCLUDE USING gist (place WITH ~=)) WITH (fillfactor = 80);
  ALTER TABLE visit ADD CONSTRAINT nv CHECK (id > 1) NOT VALID;
  CREATE INDEX vi ON visit ("odd ""c") WHERE id > 5; CREATE UNIQUE INDEX vu ON visit (id, owner); ALTER TABLE visit CLUSTER ON vu;
  ALTER TABLE visit REPLICA IDENTITY FULL; ALTER TABLE visit ALTER owner SET STATISTICS 500;
  CREATE TRIGGER tr BEFORE INSERT ON visit FOR EACH ROW EXECUTE FUNCTION note(); ALTER TABLE visit DISABLE TRIGGER tr;
  CREATE RULE ru AS ON DELETE TO visit DO ALSO NOTHING;
  CREATE STATISTICS st ON kind, owner FROM visit; COMMENT ON STATISTICS st IS 'x';
  ALTER TABLE visit ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY po ON visit TO bert USING (id > 0);
  COMMENT ON TABLE visit IS 'c'; COMMENT ON COLUMN visit.kind IS 'cc'; COMMENT ON INDEX vi IS 'ci';
  COMMENT ON TRIGGER tr ON visit IS 'tt'; COMMENT ON CONSTRAINT nv ON visit IS 'xx'; COMMENT ON SEQUENCE visit_id_seq IS 'sq';
  COMMENT ON RULE ru ON visit IS 'r'; COMMENT ON POLICY po ON visit IS 'y';
  GRANT SELECT ON visit TO bert WITH GRANT OPTION; GRANT UPDATE (kind) ON visit TO PUBLIC; GRANT USAGE ON SEQUENCE visit_id_seq TO bert;
  GRANT USAGE, CREATE ON SCHEMA public TO anna; ALTER TABLE visit OWNER TO anna;
  CREATE TABLE bill (id int PRIMARY KEY, visit int, "from" int CONSTRAINT "to ""v" REFERENCES visit NOT DEFERRABLE);
  ALTER TABLE bill ADD CONSTRAINT to_visit FOREIGN KEY (visit) REFERENCES visit ON DELETE SET NULL;
  COMMENT ON CONSTRAINT to_visit ON bill IS 'fk';
  CREATE TABLE "visit of" (id int); CREATE RULE ru AS ON INSERT TO "visit of" DO ALSO SELECT count(*) FROM visit;
  CREATE PUBLICATION pub FOR TABLE visit;
  INSERT INTO visit (id, owner, "odd ""c", self, place) SELECT n, 1 + n % 2, 'v' || n, n, point(n, n) FROM generate_series(2, 9) n;
  SELECT setval('visit_id_seq', 40); INSERT INTO bill VALUES (1, 2, 3), (2, 3, NULL);`;

testWithPostgres(
  'a table that is gone comes back with all that was its own and the foreign keys to it; its undo takes it away again',
  async () => {
    using app = database(clinic);
    const backup = await app.backup();
    const then = contentOf(app);
    server.sql('DROP RULE ru ON "visit of"; DROP TABLE visit CASCADE', app.database);
    const without = contentOf(app);
    const asked = await plan(app, backup, 'visit');
    expect(asked.obstacles).toEqual([]);
    expect(asked.merges).toEqual([
      { table: 'public.visit', ...nothing, inserted: 8, examples: [] },
    ]);
    expect(contentOf(app)).toBe(without);
    const { undo = '', notes } = await app.restore(asked.plan);
    expect(notes).toEqual([]);
    server.sql(
      'CREATE RULE ru AS ON INSERT TO "visit of" DO ALSO SELECT count(*) FROM visit',
      app.database,
    );
    expect(contentOf(app)).toBe(then);

    server.sql(`INSERT INTO visit (place) VALUES (point(99, 9))`, app.database);
    const kept = await findUndo(app.stateFolder, undo);
    expect(await app.undoChanges(kept)).toMatchObject([
      { tables: [{ table: 'public.visit', liveRows: 9, inserted: 9, deleted: 0 }] },
    ]);
    expect(await failure(app.undo(undo))).toMatchObject({
      code: 'rolled-back',
    });
    server.sql('DROP RULE ru ON "visit of"', app.database);
    const since = contentOf(app);
    const back = await app.undo(undo);
    expect(contentOf(app)).toBe(without);
    // Of what it keeps nothing is in a backup.
    expect((await app.backup()).outcome).toBe('complete');
    const redo = await findUndo(app.stateFolder, back.undo ?? '');
    expect(await app.undoChanges(redo)).toMatchObject([
      { tables: [{ table: 'public.visit', liveRows: 0, inserted: 0, deleted: 9 }] },
    ]);
    const again = await app.undo(back.undo ?? '');
    expect(contentOf(app)).toBe(since);
    const last = await app.undo(again.undo ?? '');
    const { expiresAtMs } = await findUndo(app.stateFolder, last.undo ?? '');
    await expireUndos(app.stateFolder, expiresAtMs + 86_400_000);
    expect(schemas(app)).toEqual([]);
    expect(contentOf(app)).toBe(without);
  },
);

testWithPostgres(
  'several that are gone come back together with rows of live ones, in another encoding, under names that are hard to write',
  async () => {
    using app = database(
      `CREATE SCHEMA "Ä ""s"; CREATE TABLE "Ä ""s"."Öffn t" ("ü (x)" int PRIMARY KEY, "ß" text DEFAULT 'é');
       CREATE INDEX "ä i" ON "Ä ""s"."Öffn t" ("ß") WHERE "ß" <> 'ö';
       CREATE TABLE part (at int, "f (k" int REFERENCES "Ä ""s"."Öffn t") PARTITION BY LIST (at); CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1);
       CREATE TABLE few (id int PRIMARY KEY, of int REFERENCES "Ä ""s"."Öffn t" ON DELETE CASCADE);
       CREATE TABLE live (id int PRIMARY KEY, few int REFERENCES few); CREATE TABLE bare ();
       INSERT INTO "Ä ""s"."Öffn t" VALUES (1, 'ä'), (2, 'ß'); INSERT INTO part VALUES (1, 2);
       INSERT INTO few VALUES (5, 1); INSERT INTO live VALUES (7, 5); INSERT INTO bare DEFAULT VALUES`,
      "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
    );
    const backup = await app.backup();
    const then = contentOf(app);
    server.sql(
      `DROP TABLE "Ä ""s"."Öffn t", few, bare CASCADE; DELETE FROM live; INSERT INTO live VALUES (8)`,
      app.database,
    );
    const without = contentOf(app);
    const tables = ['"Ä ""s".Öffn t', 'few', 'live', 'bare'];
    const asked = await plan(app, backup, ...tables);
    expect(asked.obstacles).toEqual([]);
    expect(asked.merges.map(({ table, inserted }) => [table, inserted])).toEqual([
      ['public.live', 1],
      ['"Ä ""s".Öffn t', 2],
      ['public.few', 1],
      ['public.bare', 1],
    ]);
    const { undo = '' } = await app.restore(asked.plan);
    expect(contentOf(app)).toBe(then);
    const back = await app.undo(undo);
    expect(contentOf(app)).toBe(without);
    await app.undo(back.undo ?? '');
    expect(contentOf(app)).toBe(then);
  },
);

testWithPostgres(
  'what of a table that is gone can not come back is named: keys of others, views, publications',
  async () => {
    using app = database(`${clinic}
      CREATE TABLE note (visit int, CONSTRAINT noted FOREIGN KEY (visit) REFERENCES visit);
      CREATE VIEW seen AS SELECT id FROM visit; CREATE FUNCTION fr(visit) RETURNS int LANGUAGE sql AS 'SELECT 1'`);
    const backup = await app.backup();
    server.sql(
      `DROP TABLE visit CASCADE; INSERT INTO bill VALUES (3, 77, 2); ALTER TABLE bill DROP "from"; DROP PUBLICATION pub;
       DROP TABLE note`,
      app.database,
    );
    const asked = await plan(app, backup, 'visit');
    expect(asked.obstacles).toEqual([]);
    const lost = [
      'it is not published again ("pub visit"): publication "pub" does not exist',
      'view "public.seen" depended on it and does not come back',
      'function "public.fr(public.visit)" depended on it and does not come back',
      'the foreign key "to ""v" of table "public.bill" does not come back: "public.bill" has no column "from" any more',
      'the foreign key "to_visit" of table "public.bill" does not come back: 1 of its rows would point nowhere',
    ];
    expect([...(asked.merges[0]?.examples ?? [])].toSorted()).toEqual(
      lost.map((words) => words.replace('""', '"')).toSorted(),
    );
    const { undo = '', notes } = await app.restore(asked.plan);
    expect(notes).toHaveLength(3);
    expect(server.sql('SELECT count(*) FROM visit', app.database)).toBe('8');
    server.sql('CREATE VIEW late AS SELECT kind FROM visit', app.database);
    expect(await failure(app.undo(undo))).toMatchObject({
      code: 'rolled-back',
      params: { why: expect.stringContaining('view public.late depends on table "public.visit"') },
    });
    server.sql(
      'DROP VIEW late; CREATE TABLE newer (visit int CONSTRAINT stray REFERENCES visit)',
      app.database,
    );
    expect(await failure(app.undo(undo))).toMatchObject({
      code: 'rolled-back',
      params: { why: expect.stringContaining('the foreign key "stray" of table "public.newer"') },
    });
    server.sql('DROP TABLE newer', app.database);
    await app.undo(undo);
    expect(server.sql(`SELECT to_regclass('visit') IS NULL`, app.database)).toBe('t');
  },
);

testWithPostgres('a table that is gone and can not come back is refused by name', async () => {
  using app = database(`${clinic}
    CREATE SCHEMA other; CREATE TABLE other.one (id int); CREATE TABLE parent (id int); CREATE TABLE child () INHERITS (parent);
    CREATE TABLE p (at int) PARTITION BY LIST (at); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
    CREATE TABLE taken (id int)`);
  const backup = await app.backup();
  server.sql(
    `DROP SCHEMA other CASCADE; DROP TABLE child, p1, visit, taken CASCADE; DELETE FROM owner WHERE id = 1; CREATE VIEW taken AS SELECT 1`,
    app.database,
  );
  const then = contentOf(app);
  const { obstacles, plan: made } = await plan(
    app,
    backup,
    'visit',
    'other.one',
    'child',
    'p',
    'taken',
  );
  const instead = 'load it beside the others (--beside), or bring back all of the database';
  expect(obstacles.map((one) => one.replace(' of source "db"', ''))).toEqual([
    `table "public.p1": it is a partition of "public.p" that is not in the live database any more: ${instead}`,
    `table "other.one": it is not in the live database any more and can't be made again: schema "other" does not exist: ${instead}`,
    `table "public.child": it inherits from "public.parent" and is not in the live database any more: ${instead}`,
    `table "public.taken": it is not in the live database any more and can't be made again: relation "taken" already exists: ${instead}`,
    'table "public.visit": 4 rows would point to rows of "public.owner" that are not there then (owner 1): bring back both tables together, load it beside (--beside), or change those rows first',
  ]);
  expect(await failure(app.restore({ ...made, obstacles: [] }))).toMatchObject({
    code: 'restore-refused',
  });
  expect(contentOf(app)).toBe(then);
  expect(schemas(app)).toEqual([]);
  const alone = await plan(app, backup, 'visit');
  expect(await failure(app.restore({ ...alone.plan, obstacles: [] }))).toMatchObject({
    code: 'restore-refused',
    params: { why: expect.stringContaining('4 rows would point to rows of "public.owner"') },
  });
  server.sql('DROP TABLE owner CASCADE', app.database);
  expect((await plan(app, backup, 'visit')).obstacles).toEqual([
    'table "public.visit" of source "db": its foreign key "visit_owner_fkey" leads to "public.owner", which is not there: bring back both, or load it beside (--beside)',
  ]);
  const both = await plan(app, backup, 'visit', 'owner');
  expect(both.obstacles).toEqual([]);
  await app.restore(both.plan);
  expect(server.sql('SELECT count(*) FROM visit JOIN owner o ON o.id = owner', app.database)).toBe(
    '8',
  );
});
