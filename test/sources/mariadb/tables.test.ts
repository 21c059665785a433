import { afterAll, beforeAll, expect } from 'vitest';
import { findUndo } from '../../../agent/restore/undo-records.ts';
import { failureOf } from '../../../protocol/failures.ts';
import type { DatabaseFixture } from '../../support/database-fixture.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { mariadbApp, quoted } from '../../support/mariadb-app.ts';
import { clinicTables, databaseWith, partsOf, planOf } from '../../support/mariadb-tables.ts';
import { zooContent } from '../../support/mariadb-zoo.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';

let server: TestMariadb;

beforeAll(async () => {
  if (!hasMariadb) return;
  server = await startMariadb();
  server.sql(`${zooContent}DROP VIEW broken`);
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const sql = (app: DatabaseFixture, text: string): string =>
  server.sql(`USE ${app.database}; ${text}`);

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

testWithMariadb(
  'a table comes back with its rows, nothing else changes, and an undo and the undo of that as well',
  async () => {
    using app = databaseWith(server, clinicTables);
    const backup = await app.backup();
    sql(
      app,
      `UPDATE owner SET name = 'owner 3!' WHERE id = 3; UPDATE owner SET name = 'OWNER 4' WHERE id = 4;
       ALTER TABLE owner ADD INDEX later (number); SET foreign_key_checks = 0; DELETE FROM owner WHERE id = 5;
       SET foreign_key_checks = 1; INSERT INTO owner (name) VALUES ('late'); UPDATE pet SET kind = 'cat' WHERE id = 7; DELETE FROM log`,
    );
    const since = app.dump();
    const asked = await planOf(app, backup, 'owner');
    expect(asked.obstacles).toEqual([]);
    expect(asked.merges).toEqual([
      {
        table: 'owner',
        ...{ inserted: 1, overwritten: 2, deleted: 1, reusedKeys: 0, orphans: 0 },
        examples: ['overwritten: id 3', 'overwritten: id 4', 'goes away: id 8'],
      },
    ]);
    expect(app.databases()).toEqual([app.database]);
    const { undo = '', notes } = await app.restore(asked.plan);
    expect(notes).toEqual([]);
    const owners = `SELECT GROUP_CONCAT(id, name, upper_name ORDER BY id) FROM owner`;
    expect(sql(app, owners)).toBe(
      '1owner 1OWNER 1,2owner 2OWNER 2,3owner 3OWNER 3,4owner 4OWNER 4,5owner 5OWNER 5',
    );
    expect(sql(app, 'SELECT COUNT(*) FROM log')).toBe('0');
    expect(sql(app, `SELECT COUNT(*) FROM pet WHERE kind = 'cat'`)).toBe('1');
    // Numbers that were given stay given, and triggers run as they did.
    sql(app, `INSERT INTO owner (name) VALUES ('next')`);
    expect(sql(app, 'SELECT MAX(id), MAX(number) FROM owner')).toBe('9\t7');
    expect(sql(app, 'SELECT GROUP_CONCAT(what) FROM log')).toBe('first,second');
    expect(() => sql(app, 'INSERT INTO pet (owner) VALUES (77)')).toThrow('whose');
    sql(app, 'DELETE FROM owner WHERE name = "next"');
    sql(app, 'DELETE FROM log');
    const back = await app.undo(undo);
    const numberless = (text: string): string =>
      text.replaceAll(/ AUTO_INCREMENT=\d+|SETVAL\(.*$/gm, '');
    expect(numberless(app.dump())).toBe(numberless(since));
    await app.undo(back.undo ?? '');
    expect(sql(app, owners)).toContain('5owner 5');
    expect(app.databases()).toEqual([app.database, `${app.database}__kedge_undo_N`]);
  },
);

testWithMariadb(
  'rows that would point nowhere are counted and named, and both tables together come back',
  async () => {
    using app = databaseWith(server, clinicTables);
    const backup = await app.backup();
    sql(
      app,
      `INSERT INTO owner (id, name) VALUES (60, 'late'), (70, 'later');
       INSERT INTO pet (owner, kind) VALUES (60, 'cat'), (60, 'cat'), (70, 'dog'); DELETE FROM log`,
    );
    const then = app.dump();
    const alone = await planOf(app, backup, 'owner');
    expect(alone.merges).toMatchObject([
      { table: 'owner', deleted: 2 },
      { table: 'pet', orphans: 3 },
    ]);
    expect(alone.obstacles).toEqual([
      'table "pet" of source "db": 3 rows would point to rows of "owner" that are not there then (owner 60; owner 70): bring back both tables together, load it beside (--beside), or change those rows first',
    ]);
    // Where somebody goes on all the same, all is as it was.
    const run = app.restore({ ...alone.plan, obstacles: [] });
    expect(await failure(run)).toMatchObject({ code: 'rolled-back' });
    expect([app.dump(), app.databases()]).toEqual([then, [app.database]]);

    const both = await planOf(app, backup, 'owner', 'pet');
    expect(both.obstacles).toEqual([]);
    const { undo = '' } = await app.restore(both.plan);
    expect(sql(app, 'SELECT COUNT(*), (SELECT MAX(id) FROM owner) FROM pet')).toBe('20\t5');
    const kept = await findUndo(app.stateFolder, undo);
    expect(kept.bytes).toBeGreaterThan(16_000);
    expect(await app.undoChanges(kept)).toMatchObject([
      {
        tables: [
          { table: 'owner', backupRows: 7, liveRows: 5, inserted: 0, changed: 0, deleted: 2 },
          { table: 'pet', backupRows: 23, liveRows: 20, inserted: 0, changed: 0, deleted: 3 },
        ],
      },
    ]);
    sql(app, 'ALTER TABLE pet ADD more INT');
    expect(await failure(app.undo(undo))).toMatchObject({
      code: 'restore-refused',
      params: { why: expect.stringContaining('columns that came since: more') },
    });
    sql(app, 'ALTER TABLE pet DROP more');
    await app.undo(undo);
    expect(app.dump()).toBe(then);
  },
  20_000,
);

testWithMariadb(
  'every kind of table comes back, those that are gone with their keys and triggers, and their undo takes them away again',
  async () => {
    using app = mariadbApp(server, 'zoo');
    const then = app.dump();
    const backup = await app.backup();
    const odd = "odd `name'; DROP.%/\\";
    server.sql(
      `USE zoo; DROP TABLE visit; UPDATE pet SET price = 1 WHERE id > 497; ALTER TABLE pet ADD INDEX (kind); DELETE FROM log;
       INSERT INTO keyless VALUES (1), (NULL); DELETE FROM measure; UPDATE price SET amount = 5; INSERT INTO empty VALUES (5);
       DELETE FROM ${quoted(odd)}; SET foreign_key_checks = 0; UPDATE owner SET name = 'TAB\there' WHERE id = 1; DROP TABLE Owner`,
    );
    const since = app.dump();
    const names = [
      'visit',
      'pet',
      'log',
      'keyless',
      'measure',
      'price',
      'empty',
      odd,
      'owner',
      'Owner',
    ];
    const asked = await planOf(app, backup, ...names);
    expect(asked.obstacles).toEqual([]);
    expect(
      asked.merges.map(({ table, inserted, overwritten, deleted }) =>
        [table, inserted, overwritten, deleted].join(' '),
      ),
    ).toEqual([
      ...['visit 90 0 0', 'pet 0 3 0', 'log 2 0 0', 'keyless 0 0 2', 'measure 1 0 0'],
      ...['price 0 1 0', 'empty 0 0 1', `${odd} 1 0 0`, 'owner 0 1 0', 'Owner 0 0 0'],
    ]);
    const { undo = '' } = await app.restore(asked.plan);
    const numberless = (text: string): string =>
      text
        .replaceAll(/ AUTO_INCREMENT=\d+|^SELECT SETVAL.*$/gm, '')
        .replaceAll(/ {2}KEY `kind`.*\n/g, '');
    expect(numberless(app.dump())).toBe(numberless(then));
    await app.undo(undo);
    expect(numberless(app.dump())).toBe(numberless(since));
  },
  30_000,
);

testWithMariadb('what a table can not come back into is named with what to do', async () => {
  using app = databaseWith(
    server,
    `
    CREATE TABLE a (id INT PRIMARY KEY, x INT, y VARCHAR(5), z INT); CREATE TABLE b (id INT PRIMARY KEY); CREATE TABLE c (id INT PRIMARY KEY, v INT);
    INSERT INTO c VALUES (1, 1), (2, 1); CREATE SEQUENCE s; CREATE VIEW v AS SELECT 1 AS one; CREATE TABLE d (x INT);
    CREATE TABLE p (at INT) PARTITION BY LIST (at) (PARTITION one VALUES IN (1), PARTITION two VALUES IN (2)); INSERT INTO p VALUES (1), (2);
    CREATE TABLE h (x INT) WITH SYSTEM VERSIONING; CREATE TABLE e (b INT, CONSTRAINT e_b FOREIGN KEY (b) REFERENCES b (id));
    CREATE TABLE abroad (b INT)`,
  );
  const backup = await app.backup();
  server.sql(
    `CREATE DATABASE other_${app.database}; CREATE TABLE other_${app.database}.t (id INT PRIMARY KEY)`,
  );
  sql(
    app,
    `ALTER TABLE a DROP x, ADD w INT, MODIFY y TEXT, MODIFY z INT NOT NULL; DROP TABLE e; DROP TABLE b; DELETE FROM c WHERE id = 2;
     ALTER TABLE c ADD UNIQUE (v); ALTER TABLE p DROP PARTITION two; ALTER TABLE h ADD INDEX (x); DROP TABLE d; CREATE VIEW d AS SELECT 1 AS x;
     ALTER TABLE abroad ADD CONSTRAINT far FOREIGN KEY (b) REFERENCES other_${app.database}.t (id)`,
  );
  const before = app.dump();
  const { obstacles } = await planOf(
    app,
    backup,
    'a',
    'e',
    'c',
    's',
    'v',
    'nowhere',
    'p',
    'h',
    'd',
    'abroad',
  );
  const instead =
    'load it beside the live one (--beside) and copy what is needed, or bring back all of the database';
  expect(obstacles.map((one) => one.replace(' of source "db"', '')).toSorted()).toEqual(
    [
      `source "db": the foreign key "far" of "${app.database}.abroad" leads to "other_${app.database}.t" in another database: drop it first, and make it again afterwards`,
      'source "db": where table "d" was is a view of that name now: drop it first',
      'table "s": it is a sequence: numbers that were given stay given, so it does not go back by itself',
      'table "v": it is a view, which has no rows of its own: bring back the tables that it reads',
      'table "nowhere": the backup has no such table',
      `table "a": the live table has no column x any more; the live table has columns that came since: w; its column y was varchar(5) (latin1) and is text (latin1) now; its column z was int(11) and is int(11) NOT NULL now: ${instead}`,
      'table "e": its foreign key "e_b" leads to "b", which is not there: bring back both, or load it beside (--beside)',
      `table "c": it does not fit any more: Duplicate entry '1' for key 'v'`,
      'table "p": it does not fit any more: Table has no partition for value 2',
      `table "h": it keeps what its rows were, and is made otherwise by now: ${instead}`,
    ].toSorted(),
  );
  const merged = await app.plan(backup, { ...partsOf('c'), mode: { kind: 'merge' } });
  expect(merged.obstacles).toEqual([
    'tables of "db" come back as they were; what is newer in them can\'t stay',
  ]);
  expect([app.dump(), app.databases()]).toEqual([before, [app.database]]);
});

testWithMariadb(
  'tables stand beside the live ones under names of their own, also those that are gone or have other columns',
  async () => {
    using app = databaseWith(server, clinicTables);
    const backup = await app.backup();
    sql(app, 'DROP TABLE pet; DROP VIEW owners; ALTER TABLE owner DROP upper_name, DROP name');
    const then = app.dump();
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
      '20 rows of pet as they were',
      '5 rows of owner as they were',
    ]);
    const tables = sql(app, `SHOW TABLES LIKE '%kedge%'`).replaceAll(/_\d+/g, '_N');
    expect(tables).toBe('owner__kedge_then_N\npet__kedge_then_N');
    for (const found of names) sql(app, found?.[2] ?? '');
    expect([app.dump(), app.databases()]).toEqual([then, [app.database]]);
    const { obstacles } = await app.plan(backup, { ...partsOf('nowhere'), mode: beside.mode });
    expect(obstacles).toEqual(['table "nowhere" of source "db": the backup has no such table']);
    sql(app, 'DROP SEQUENCE numbers');
    expect(await failure(app.restore(made))).toMatchObject({
      code: 'restore-refused',
      params: { why: expect.stringContaining("numbers' doesn't exist") },
    });
    expect([sql(app, `SHOW TABLES LIKE '%kedge%'`), app.databases()]).toEqual(['', [app.database]]);
  },
  20_000,
);
