import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { mergeInto, planMerge } from '../../../../agent/sources/sqlite/merge/merge-database.ts';
import type { MergeWhat } from '../../../../agent/sources/sqlite/merge/merge-order.ts';
import type { KeyValue } from '../../../../protocol/domain/restore-order.ts';
import { change, dumpOf, type Layout, makeDatabase, rowsIn } from '../../../support/sqlite-zoo.ts';
import { temporaryFolder } from '../../../support/temp-folder.ts';

const { signal } = new AbortController();
const quiet = () => undefined;

function pair(then: string, now: string, layout?: Layout) {
  const folder = temporaryFolder();
  const [backup, live] = [join(folder, 'then.db'), join(folder, 'live.db')];
  makeDatabase(backup, then, layout);
  makeDatabase(live, now);
  return { backup, live };
}

/** Problems by table, as planned; and that the merge is refused with the same words and changes nothing. */
async function problemsOf(
  { backup, live }: { readonly backup: string; readonly live: string },
  what: MergeWhat = 'merge',
): Promise<readonly (readonly [string, string])[]> {
  const before = filesAndRows(live);
  const plan = await planMerge({ backup, live, what }, quiet, signal);
  const problems = plan.flatMap(({ table, problem = '' }) =>
    problem === '' ? [] : [[table, problem] as const],
  );
  const why = problems.map(([table, problem]) => `table "${table}": ${problem}`).join('; ');
  await expect(mergeInto({ backup, live, what }, signal)).rejects.toMatchObject({
    failure: { code: 'restore-refused', params: { why } },
  });
  expect(filesAndRows(live)).toEqual(before);
  return problems;
}

function filesAndRows(live: string): unknown {
  const rows = existsSync(live) ? readable(live) : 'missing';
  return [rows, readdirSync(join(live, '..'))];
}

function readable(live: string): unknown {
  try {
    return dumpOf(live);
  } catch (error) {
    return String(error);
  }
}

test('what must be unique and was given to others since is listed, and all is refused', async () => {
  const schema =
    'create table t (id integer primary key, mail unique, a, b); create unique index i on t (a, b); create table other (x);';
  const then = `${schema} insert into t values (1, 'x', 1, 1), (2, 'y', 2, 2), (3, 'z', 3, 3); insert into other values (1)`;
  const now = `${schema} insert into t values (11, 'x', 7, 7), (12, 'w', 2, 2), (3, 'z', 3, 3)`;
  expect(await problemsOf(pair(then, now))).toEqual([
    [
      't',
      'unique (a, b) would be there twice: a 2, b 2 is that of id 2 in the backup and of id 12 now; ' +
        'unique (mail) would be there twice: mail "x" is that of id 1 in the backup and of id 11 now',
    ],
  ]);
});

test('a table that is refused counts as it was: no row elsewhere is an orphan for its sake', async () => {
  const schema = `create table p (id integer primary key, mail unique);
    create table c (id integer primary key, p int references p);`;
  const then = `${schema} insert into p values (1, 'x'); insert into c values (1, 1)`;
  const now = `${schema} insert into p values (1, 'z'), (9, 'x'); insert into c values (1, 1)`;
  const plan = await planMerge({ ...pair(then, now), what: 'merge' }, quiet, signal);
  expect(plan.map(({ table, orphans }) => [table, orphans])).toEqual([
    ['c', 0],
    ['p', 0],
  ]);
});

test('a unique index over an expression or over some rows is named by SQLite', async () => {
  const schema =
    'create table t (id integer primary key, a); create unique index i on t (lower(a));';
  const then = `${schema} insert into t values (1, 'x')`;
  expect(await problemsOf(pair(then, `${schema} insert into t values (2, 'X')`))).toEqual([
    ['t', "UNIQUE constraint failed: index 'i'"],
  ]);
});

test('a column that is gone, another key, and a column that needs a value are named', async () => {
  const then = `create table gone (id integer primary key, a, b, c); create table k (a primary key, b);
    create table need (id integer primary key); create table kind (id integer primary key); create table fts (x);
    insert into need values (1)`;
  const now = `create table gone (id integer primary key, b); create table k (a, b primary key);
    create table need (id integer primary key, must not null); create view kind as select 1;
    create virtual table fts using fts5(x)`;
  expect(await problemsOf(pair(then, now))).toEqual([
    ['fts', 'it is another kind of table now'],
    ['gone', 'the live table has no column a, c any more'],
    ['k', 'its key was (a) and is (b) now'],
    ['kind', 'it is a view now'],
    ['need', 'NOT NULL constraint failed: need.must'],
  ]);
});

test('rows that new rules of the live table forbid are named', async () => {
  const then = `create table c (id integer primary key, a); create table s (id integer primary key, a);
    insert into c values (1, -1); insert into s values (1, 'text')`;
  const now = `create table c (id integer primary key, a check (a > 0)); create table s (id integer primary key, a integer) strict`;
  expect(await problemsOf(pair(then, now))).toEqual([
    ['c', 'CHECK constraint failed: a > 0'],
    ['s', 'cannot store TEXT value in INTEGER column s.a'],
  ]);
});

test('collations and functions that only the application has are named', async () => {
  const schema = `create table c (name text collate nocase primary key, v); create table plain (x);
    create table f (id integer primary key, a, b as (abs(a)) stored);`;
  const { backup, live } = pair(
    `${schema} insert into c values ('a', 1); insert into plain values (1); insert into f (id, a) values (1, 1)`,
    schema,
  );
  for (const path of [backup, live]) rewriteSchema(path);
  expect(await problemsOf({ backup, live })).toEqual([
    ['c', 'no such collation sequence: german'],
    ['f', 'unknown function: ours()'],
  ]);
});

test('what can be merged beside them is, by itself', async () => {
  const schema = `create table c (name text collate nocase primary key, v); create table plain (id integer primary key, x);
    insert into c values ('a', 1);`;
  const { backup, live } = pair(`${schema} insert into plain values (1, 1)`, schema);
  for (const path of [backup, live]) rewriteSchema(path);
  const what = { tables: [{ table: 'plain' }] };
  expect(await mergeInto({ backup, live, what }, signal)).toMatchObject([{ inserted: 1 }]);
  expect(rowsIn(live)).toEqual({ c: ["'a' 1"], plain: ['1 1'] });
});

/** As an application makes it that has these. */
function rewriteSchema(path: string): void {
  const database = new Database(path);
  database.unsafeMode(true);
  database.exec(`pragma writable_schema = on;
    update sqlite_schema set sql = replace(replace(sql, 'nocase', 'german'), 'abs(', 'ours(')`);
  database.close();
}

test('full text that keeps no text, and modules that only the application has, are named', async () => {
  const schema = "create virtual table c using fts5(x, content = ''); create table plain (x);";
  const { backup, live } = pair(schema, schema);
  for (const path of [backup, live]) {
    const database = new Database(path);
    database.unsafeMode(true);
    database.exec(`pragma writable_schema = on;
      insert into sqlite_schema values ('table', 'm', 'm', 0, 'CREATE VIRTUAL TABLE m USING ours(x)')`);
    database.close();
  }
  expect(await problemsOf({ backup, live })).toEqual([
    ['c', 'it is a contentless full-text index: its text is kept nowhere'],
    ['m', 'its module "ours" is not known here'],
  ]);
});

test('tables and keys that the backup has not are named', async () => {
  const schema = `create table t (a text, b int, primary key (a, b)); create table keyless (x);
    create view v as select 1; create virtual table f using fts5(x, content = 'keyless')`;
  const keys = (...all: (readonly KeyValue[])[]) => all;
  const tables = [
    { table: 't', keys: keys(['x', 1], ['y', 2], [null, { int: '9007199254740993' }]) },
    { table: 'keyless', keys: keys([1]) },
    { table: 'v' },
    { table: 'nowhere' },
    { table: 'f', keys: keys([1]) },
  ];
  const built = pair(`${schema}; insert into t values ('x', 1)`, schema);
  expect(await problemsOf(built, { tables })).toEqual([
    ['v', 'it is a view, which has no rows of its own'],
    ['nowhere', 'the backup has no such table'],
    ['f', 'its rows are those of other tables: pick them there'],
    ['t', 'the backup has no row a "y", b 2; a NULL, b 9007199254740993'],
    ['keyless', 'it has no key by which rows could be told apart'],
  ]);
  const short = { tables: [{ table: 't', keys: [['x']] }] };
  expect(await problemsOf(built, short)).toEqual([['t', 'a key of it has 2 values: a, b']]);
});

test('a table that is gone is refused where something else has its trigger or index', async () => {
  const then = `create table a (x); create index i on a (x); create table b (x);
    create trigger g after insert on b begin select 1; end`;
  const now = `create table c (x); create index i on c (x);
    create trigger g after insert on c begin select 1; end`;
  expect(await problemsOf(pair(then, now))).toEqual([
    ['a', 'it is gone and could not be made again: index i already exists'],
    ['b', 'it is gone and could not be made again: there is another trigger "g" now'],
  ]);
});

test('databases of two encodings are refused by both names', async () => {
  const { backup, live } = pair('create table t (x)', 'create table t (x)', {
    encoding: 'UTF-16le',
  });
  const before = dumpOf(live);
  const order = { backup, live, what: 'merge' as const };
  const why = /live database keeps its text as UTF-8, the one in the backup as UTF-16le/;
  await expect(planMerge(order, quiet, signal)).rejects.toThrow(why);
  await expect(mergeInto(order, signal)).rejects.toThrow(why);
  expect(dumpOf(live)).toEqual(before);
});

test('where no database is live, there is nothing to merge into', async () => {
  const { backup, live } = pair('create table t (x)', 'create table t (x)');
  const missing = `${live}.not`;
  const order = { backup, live: missing, what: 'merge' as const };
  await expect(planMerge(order, quiet, signal)).rejects.toThrow(/there is no database at/);
  expect(existsSync(missing)).toBe(false);
});

test('a cancel leaves all as it was', async () => {
  const schema = 'create table a (x); create table b (x);';
  const { backup, live } = pair(`${schema} insert into a values (1)`, schema);
  const before = filesAndRows(live);
  const cancel = new AbortController();
  const plan = planMerge({ backup, live, what: 'merge' }, () => cancel.abort(), cancel.signal);
  await expect(plan).rejects.toThrow(/abort/i);
  await expect(mergeInto({ backup, live, what: 'merge' }, cancel.signal)).rejects.toThrow(/abort/i);
  expect(filesAndRows(live)).toEqual(before);
});

test('triggers that refer to what is gone do not hinder a merge, and stay', async () => {
  const schema = `create table t (id integer primary key, a); create table log (x);
    create trigger g after insert on t begin insert into log values (new.a); end;`;
  const { backup, live } = pair(`${schema} insert into t values (1, 1)`, schema);
  change(live, 'drop table log');
  const what = { tables: [{ table: 't' }] };
  await mergeInto({ backup, live, what }, signal);
  expect(dumpOf(live)).toMatchObject({
    t: ['1 1'],
    objects: [expect.any(String), expect.stringMatching(/^trigger g/)],
  });
});
