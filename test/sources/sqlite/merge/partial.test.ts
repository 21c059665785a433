import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mergeInto, planMerge } from '../../../../agent/sources/sqlite/merge/merge-database.ts';
import type { MergeWhat } from '../../../../agent/sources/sqlite/merge/merge-order.ts';
import { dumpOf, makeDatabase, rowsIn } from '../../../support/sqlite-zoo.ts';
import { temporaryFolder } from '../../../support/temp-folder.ts';

const { signal } = new AbortController();

async function merge(then: string, now: string, what: MergeWhat = 'merge') {
  const folder = temporaryFolder();
  const [backup, live] = [join(folder, 'then.db'), join(folder, 'live.db')];
  makeDatabase(backup, then);
  makeDatabase(live, now);
  const plan = await planMerge({ backup, live, what }, () => undefined, signal);
  expect(await mergeInto({ backup, live, what }, signal)).toEqual(plan);
  const { integrity, ...dump } = dumpOf(live);
  expect(integrity).toBe('ok');
  return { plan, rows: rowsIn(live), dump };
}

const none = { inserted: 0, overwritten: 0, reusedKeys: 0, orphans: 0, examples: [] };

test('picked rows come back as they were, and nothing else changes', async () => {
  const schema = `create table n (id integer primary key, a unique); create table c (x text, y int, v, primary key (x, y)) without rowid;
    create table nul (k text primary key, v); create table big (k integer primary key, v); create table b (k blob primary key, v);
    create table num (k text primary key, v);`;
  const then = `${schema} insert into n values (1, 'one'), (2, 'two'), (3, 'three'); insert into c values ('a', 1, 1), ('a', 2, 2);
    insert into nul values (null, 1), (null, 2), ('x', 3); insert into big values (9007199254740993, 1), (9007199254740992, 2);
    insert into b values (x'00ff', 1), (x'01', 1); insert into num values ('5', 1), ('5.0', 2)`;
  const now = `${schema} insert into n values (1, 'ONE'), (2, 'TWO'), (4, 'FOUR'); insert into c values ('a', 1, 9), ('a', 2, 9), ('b', 1, 9)`;
  const { plan, rows } = await merge(then, now, {
    tables: [
      { table: 'n', keys: [[3], [1], [3]] },
      { table: 'C', keys: [['a', 2]] },
      { table: 'nul', keys: [[null]] },
      { table: 'big', keys: [[{ int: '9007199254740993' }]] },
      { table: 'b', keys: [[{ base64: 'AP8=' }]] },
      { table: 'num', keys: [[5]] },
    ],
  });

  expect(plan.map(({ table, inserted, overwritten }) => [table, inserted, overwritten])).toEqual([
    ['n', 1, 1],
    ['c', 0, 1],
    ['nul', 2, 0],
    ['big', 1, 0],
    ['b', 1, 0],
    ['num', 1, 0],
  ]);
  expect(rows).toEqual({
    n: ["1 'one'", "2 'TWO'", "3 'three'", "4 'FOUR'"],
    c: ["'a' 1 9", "'a' 2 2", "'b' 1 9"],
    nul: ['NULL 1', 'NULL 2'],
    big: ['9007199254740993 1'],
    b: ["X'00FF' 1"],
    num: ["'5' 1"],
  });
});

test('a table that comes back whole loses what came since, and rows elsewhere that led to it are named', async () => {
  const schema = `create table owner (id integer primary key, name);
    create table pet (id integer primary key, owner int references owner(id) on delete cascade);`;
  const then = `${schema} insert into owner values (1, 'A'), (2, 'B'); insert into pet values (1, 1)`;
  const now = `${schema} insert into owner values (1, 'AA'), (3, 'C'); insert into pet values (1, 1), (2, 3), (3, 77)`;
  const { plan, rows } = await merge(then, now, { tables: [{ table: 'owner' }] });

  expect(plan).toEqual([
    {
      ...none,
      table: 'owner',
      inserted: 1,
      overwritten: 1,
      deleted: 1,
      examples: ['overwritten: id 1: name "AA" becomes "A"'],
    },
    {
      ...none,
      table: 'pet',
      orphans: 1,
      examples: ['orphan: row 2 points to a row of owner that is nowhere'],
    },
  ]);
  expect(rows).toEqual({ owner: ["1 'A'", "2 'B'"], pet: ['1 1', '2 3', '3 77'] });
});

test('a table that is gone is made again, with indexes, triggers and what is in it', async () => {
  const then = `create table "gone ""x" (id integer primary key autoincrement, a unique, b); create index gi on "gone ""x" (b);
    create trigger gt after insert on "gone ""x" begin insert into log values (new.a); end; create table log (x);
    create view v as select 1; create virtual table words using fts5(a, content = 'gone "x', content_rowid = 'id');
    insert into "gone ""x" values (1, 'x', 2), (5, 'y', 3); delete from "gone ""x" where id = 5;
    insert into words (words) values ('rebuild'); delete from log;
    create table plain (a); insert into plain values (1), (1)`;
  const now = 'create table log (x); create table later (y); insert into later values (1)';
  const { plan, dump } = await merge(then, now);

  expect(plan.filter(({ inserted }) => inserted > 0)).toEqual([
    { ...none, table: 'gone "x', inserted: 1 },
    { ...none, table: 'plain', inserted: 2 },
  ]);
  expect(dump).toMatchObject({
    'gone "x': ["1 'x' 2"],
    later: ['1'],
    log: [],
    plain: ['1', '1'],
    sqlite_sequence: ["'gone \"x' 5"],
    words: [[['x', 1, 'a', 0]]],
    objects: expect.arrayContaining([
      expect.stringMatching(/^index gi/),
      expect.stringMatching(/^trigger gt/),
      expect.stringMatching(/^table words/),
    ]),
  });
});

test('columns that came since keep what is in them, and take their defaults for rows that come back', async () => {
  const then = `create table t (id integer primary key, a, b); insert into t values (1, 'a', 1), (2, 'b', 2), (3, 'c', 3)`;
  const now = `create table t (b, added text default 'new', id integer primary key, a, made as (id * 2), n int not null default 7);
    insert into t (id, a, b, added, n) values (1, 'a', 1, 'kept', 1), (2, 'BB', 2, 'kept too', 2), (4, 'd', 4, 'x', 4)`;
  const { rows } = await merge(then, now);
  expect(rows).toEqual({
    t: ["1 'kept' 1 'a' 2 1", "2 'kept too' 2 'b' 4 2", "3 'new' 3 'c' 6 7", "4 'x' 4 'd' 8 4"],
  });
});

test('numbers that were given stay given', async () => {
  const table = 'create table t (id integer primary key autoincrement, a);';
  const high = `${table} insert into t values (90, 1); delete from t; insert into t values (3, 1)`;
  const low = `${table} insert into t values (5, 2)`;
  expect((await merge(high, low)).rows['sqlite_sequence']).toEqual(["'t' 90"]);
  expect((await merge(low, high)).rows['sqlite_sequence']).toEqual(["'t' 90"]);
  const whole = { tables: [{ table: 't' }] };
  expect((await merge(low, high, whole)).rows).toEqual({ t: ['5 2'], sqlite_sequence: ["'t' 90"] });
});

test('rows whose foreign key leads nowhere afterwards are counted, those that led nowhere before are not', async () => {
  const schema = `create table p (id integer primary key, code unique); create table c (id integer primary key, p int references p, code references p(code));
    create table w (id integer primary key, p int references p) without rowid;`;
  const then = `${schema} insert into p values (1, 'x'); insert into c values (1, 1, 'x'), (2, 8, null), (3, 1, 'y'); insert into w values (1, 9)`;
  const now = `${schema} insert into p values (1, 'z'); insert into c values (4, 1, 'z'), (5, 99, null)`;
  const { plan } = await merge(then, now);
  const orphans = Object.fromEntries(plan.map(({ table, orphans: count }) => [table, count]));
  expect(orphans).toEqual({ p: 0, c: 3, w: 1 });
});

test('a key that seems to have been given to another thing is told from a changed row', async () => {
  const schema = `create table visit (id integer primary key, day, who, what, note); create table bill (no text primary key, sum, created_at);
    create table code (k text primary key, a, b); create table two (id integer primary key, name);`;
  const then = `${schema} insert into visit values (1, 'mon', 'Anna', 'eye', null), (2, 'tue', 'Ben', 'ear', 'x'), (3, 'wed', 'Cy', 'leg', null);
    insert into bill values ('B1', 10, '2026-01-01'), ('B2', 20, '2026-01-02'); insert into code values ('a', 1, 1); insert into two values (1, 'x')`;
  const now = `${schema} insert into visit values (1, 'mon', 'Anna', 'EYE', 'note'), (2, 'fri', 'Zoe', 'arm', 'x'), (3, 'wed', 'Cy', 'leg', null);
    insert into bill values ('B1', 99, '2026-01-01'), ('B2', 20, '2026-05-05'); insert into code values ('a', 2, 2); insert into two values (1, 'y')`;
  const { plan } = await merge(then, now);
  expect(
    plan.map(({ table, overwritten, reusedKeys }) => [table, overwritten, reusedKeys]),
  ).toEqual([
    ['bill', 2, 1],
    ['code', 1, 0],
    ['two', 1, 0],
    ['visit', 2, 1],
  ]);
  expect(plan.find(({ table }) => table === 'visit')?.examples).toEqual([
    'reused key: id 2: day "fri" becomes "tue", who "Zoe" becomes "Ben", and 1 more',
    'overwritten: id 1: what "EYE" becomes "eye", note "note" becomes NULL',
  ]);
});

test('a table of many columns is merged', async () => {
  const columns = Array.from({ length: 1500 }, (_, n) => `c${n}`);
  const values = (n: number) => columns.map((_, at) => (at === 1400 ? n : at)).join(', ');
  const schema = `create table t (id integer primary key, ${columns.join(', ')});`;
  const { plan } = await merge(
    `${schema} insert into t values (1, ${values(1)}), (2, ${values(1)})`,
    `${schema} insert into t values (1, ${values(2)})`,
  );
  expect(plan).toMatchObject([{ inserted: 1, overwritten: 1, reusedKeys: 0 }]);
});
