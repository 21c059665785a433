import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffDatabases } from '../../agent/sources/sqlite/diff-databases.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const { signal } = new AbortController();

/** What differs between a database made by `then` and one made by `now`; each statement by itself. */
async function diff(then: string, now: string) {
  const folder = temporaryFolder();
  const make = (name: string, sql: string): string => {
    const path = join(folder, name);
    const database = new Database(path);
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = off');
    database.exec(sql);
    database.close();
    return path;
  };
  return await diffDatabases(make('then', then), make('now', now), () => undefined, signal);
}

/** Inserted, changed, deleted of the only table. */
async function counts(then: string, now: string) {
  const { tables, problem } = await diff(then, now);
  expect(problem).toBeUndefined();
  const [table] = tables;
  expect(tables).toHaveLength(1);
  expect(table?.problem).toBeUndefined();
  return [table?.inserted, table?.changed, table?.deleted];
}

const rows = (count: number, from = 1) =>
  `with recursive n(i) as (select ${from} union all select i + 1 from n where i < ${from + count - 1})
   insert into t select i, 'text of ' || i, i * 1.5 from n;`;

test('rows are told apart by an integer key', async () => {
  const table = 'create table t (id integer primary key, a text, b real);';
  const now = `update t set a = 'other' where id % 100 = 0; delete from t where id > 990;`;
  const added = rows(30, 2001);
  expect(await counts(table + rows(1000), table + rows(1000) + now + added)).toEqual([30, 9, 10]);
  expect(await counts(table + rows(1000), table + rows(1000))).toEqual([0, 0, 0]);
  expect(await counts(table, table + rows(7))).toEqual([7, 0, 0]);
  expect(await counts(table + rows(7), table)).toEqual([0, 0, 7]);
});

test('rows are told apart by a text key of two columns, with and without rowid', async () => {
  for (const more of ['', 'without rowid']) {
    const table = `create table t (a text not null, b int not null, c, primary key (a, b)) ${more};`;
    const then = `${table} insert into t values ('x', 1, 'one'), ('x', 2, 'two'), ('y', 1, 'three');`;
    const now = `${table} insert into t values ('y', 1, 'three'), ('x', 2, 'TWO'), ('z', 1, 'four');`;
    expect(await counts(then, now)).toEqual([1, 1, 1]);
  }
});

test('letter case, storage class and NULL are differences', async () => {
  const table = 'create table t (id integer primary key, a text collate nocase, b blob, c);';
  const then = `${table} insert into t values (1, 'Anna', 1, null), (2, 'Ben', 1, null), (3, 'Cy', x'61', 0), (4, 'Di', 2, 2);`;
  const now = `${table} insert into t values (1, 'anna', 1, null), (2, 'Ben', 1.0, null), (3, 'Cy', 'a', 0), (4, 'Di', 2, null);`;
  expect(await counts(then, now)).toEqual([0, 4, 0]);
});

test('rows without a key are told apart by all that is in them, however they are numbered', async () => {
  const table = 'create table t (a, b, c);';
  const then = `${table} ${rows(500)} insert into t values ('twice', 1, 1), ('twice', 1, 1);`;
  const now = `${table} insert into t values ('twice', 1, 1); ${rows(490, 11)} insert into t values ('new', 1, 1);`;
  expect(await counts(then, `${now} vacuum;`)).toEqual([1, 0, 11]);
  expect(await counts(then, then)).toEqual([0, 0, 0]);
  const turned = `${table} insert into t values ('twice', 1, 1), ('twice', 1, 1); ${rows(500)}`;
  expect(await counts(then, turned)).toEqual([0, 0, 0]);
});

test('keys that hold NULL, and columns that take the names of the row number, are no obstacle', async () => {
  const table = 'create table t (a text primary key, rowid, oid, _rowid_);';
  const then = `${table} insert into t values (null, 1, 1, 1), (null, 2, 2, 2), ('a', 3, 3, 3);`;
  const now = `${table} insert into t values (null, 2, 2, 2), ('a', 3, 3, 3), ('b', 1, 1, 1);`;
  expect(await counts(then, now)).toEqual([1, 0, 1]);
});

test('changes of the schema are named, and rows compared by the columns that both have', async () => {
  const then = `create table t (id integer primary key, a, "odd "" name"); create index i on t (a);
    create table gone (x); insert into gone values (1), (2);
    insert into t values (1, 'a', 'b'), (2, 'c', 'd'); create view v as select 1;`;
  const now = `create table t (id integer primary key, a, "odd "" name", added);
    insert into t values (1, 'a', 'b', 9), (2, 'C', 'd', 9); create view v as select 2;
    create table come (x); insert into come values (1); create trigger g after insert on t begin select 1; end;`;
  expect(await diff(then, now)).toEqual({
    schema: [
      { change: 'removed', type: 'index', name: 'i' },
      { change: 'removed', type: 'table', name: 'gone' },
      { change: 'changed', type: 'table', name: 't' },
      { change: 'changed', type: 'view', name: 'v' },
      { change: 'added', type: 'table', name: 'come' },
      { change: 'added', type: 'trigger', name: 'g' },
    ],
    tables: [
      { table: 'come', rowsBefore: 0, rowsAfter: 1, inserted: 1, changed: 0, deleted: 0 },
      { table: 'gone', rowsBefore: 2, rowsAfter: 0, inserted: 0, changed: 0, deleted: 2 },
      { table: 't', rowsBefore: 2, rowsAfter: 2, inserted: 0, changed: 1, deleted: 0 },
    ],
  });
});

test('a virtual table counts as one, its shadow tables not at all', async () => {
  const table = 'create virtual table t using fts5(a);';
  const then = `${table} insert into t values ('one'), ('two');`;
  expect(await counts(then, `${table} insert into t values ('one'), ('three'), ('four');`)).toEqual(
    [2, 0, 1],
  );
});

test('what is no database is said, not thrown', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'then');
  new Database(path).exec('create table t (a)').close();
  writeFileSync(join(folder, 'no'), Buffer.alloc(8192, 'no database'));
  const found = await diffDatabases(path, join(folder, 'no'), () => undefined, signal);
  expect(found).toEqual({ schema: [], tables: [], problem: 'file is not a database' });
});

const cell = fc.constantFrom('null', '0', '1', '1.5', "'a'", "'A'", "x'61'", "''");
const row = fc.tuple(fc.integer({ min: 1, max: 12 }), cell, cell);
type Row = readonly [number, string, string];

/** The last row of a key counts. */
const keyed = (all: readonly Row[]) => new Map(all.map(([key, a, b]) => [key, `${a}, ${b}`]));

function inserts(all: Iterable<readonly [number, string]>): string {
  return [...all].map(([key, rest]) => `insert into t values (${key}, ${rest});`).join('\n');
}

test('counts are those of a comparison in memory, with a key and without', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row), fc.array(row), async (then, now) => {
      const [old, fresh] = [keyed(then), keyed(now)];
      const kept = [...fresh].filter(([key]) => old.has(key));
      const changed = kept.filter(([key, rest]) => old.get(key) !== rest).length;
      const inserted = fresh.size - kept.length;
      const deleted = old.size - kept.length;
      const table = 'create table t (k integer primary key, a, b);';
      const byKey = await counts(table + inserts(old), table + inserts(fresh));
      expect(byKey).toEqual([inserted, changed, deleted]);

      const plain = 'create table t (k, a, b);';
      const lines = (all: readonly Row[]) => all.map(([key, a, b]) => [key, `${a}, ${b}`] as const);
      const left = new Map<string, number>();
      for (const one of lines(then)) left.set(String(one), (left.get(String(one)) ?? 0) + 1);
      let added = 0;
      for (const one of lines(now)) {
        const count = left.get(String(one)) ?? 0;
        if (count === 0) added += 1;
        else left.set(String(one), count - 1);
      }
      const gone = [...left.values()].reduce((sum, count) => sum + count, 0);
      const whole = await counts(plain + inserts(lines(then)), plain + inserts(lines(now)));
      expect(whole).toEqual([added, 0, gone]);
    }),
    { numRuns: 60 },
  );
});
