import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listTables } from '../../../../agent/sources/sqlite/merge/list-tables.ts';
import { readRows } from '../../../../agent/sources/sqlite/merge/read-rows.ts';
import type { PageOrder } from '../../../../agent/sources/table-reader.ts';
import { TablePage } from '../../../../protocol/domain/table-page.ts';
import { dumpOf, makeDatabase } from '../../../support/sqlite-zoo.ts';
import { temporaryFolder } from '../../../support/temp-folder.ts';

function databaseOf(sql: string): string {
  const path = join(temporaryFolder(), 'copy.db');
  makeDatabase(path, sql);
  return path;
}

/** All pages, each as it goes over the wire. */
function allPages(path: string, table: string, order: PageOrder): readonly TablePage[] {
  const pages: TablePage[] = [];
  let after = order.after;
  do {
    const page = TablePage.parse(
      JSON.parse(JSON.stringify(readRows(path, table, { ...order, after }))),
    );
    pages.push(page);
    after = page.next;
  } while (after !== undefined);
  return pages;
}

const many = `create table t (id integer primary key, name text, note);
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 45000) insert into t select i, 'Name ' || i, null from n`;

test('tables are listed with their rows and keys, without what only serves others', () => {
  const path =
    databaseOf(`${many}; create table c (b, a, v as (a + b), primary key (a, b)) without rowid;
    create table keyless (x); create view v as select 1; create virtual table f using fts5(body);
    create virtual table words using fts5vocab(f, 'row'); create virtual table r using rtree(id, x0, x1)`);
  expect(listTables(path)).toEqual([
    { table: 'c', rows: 0, columns: ['b', 'a'], key: ['a', 'b'] },
    { table: 'f', rows: 0, columns: ['body'], key: ['rowid'] },
    { table: 'keyless', rows: 0, columns: ['x'], key: [] },
    { table: 'r', rows: 0, columns: ['id', 'x0', 'x1'], key: ['id'] },
    { table: 't', rows: 45_000, columns: ['id', 'name', 'note'], key: ['id'] },
  ]);
});

test('pages follow one another without a gap, and each row comes with the key by which it is picked', () => {
  const path = databaseOf(many);
  const pages = allPages(path, 't', { limit: 400 });
  expect(pages).toHaveLength(Math.ceil(45_000 / 400));
  expect(pages.flatMap(({ rows }) => rows.map(({ key }) => key?.[0]))).toEqual(
    Array.from({ length: 45_000 }, (_, n) => n + 1),
  );
  expect(pages[0]?.rows[0]).toEqual({
    key: [1],
    cells: [{ kind: 'number', text: '1' }, { kind: 'text', text: 'Name 1' }, null],
  });
});

test('rows of a key of several columns, of no key, and of virtual tables are paged too', () => {
  const path =
    databaseOf(`create table c (a text collate nocase, b int, v, primary key (b desc, a)) without rowid;
    insert into c values ('x', 1, 1), ('Y', 1, 2), ('z', 1, 3), ('x', 2, 4), (x'00ff', 2, 5), ('w', 9007199254740993, 6);
    create table keyless (rowid); insert into keyless values ('same'), ('same'), ('other');
    create virtual table f using fts5(body); insert into f values ('one'), ('two'), ('three');
    create virtual table r using rtree(id, x0, x1); insert into r values (3, 1, 2), (1, 2, 3), (2, 5, 6)`);
  const values = (table: string, column: number) =>
    allPages(path, table, { limit: 2 }).flatMap(({ rows }) =>
      rows.map(({ cells }) => cells[column]?.text),
    );
  expect(values('c', 2)).toEqual(['1', '2', '3', '4', '5', '6']);
  expect(
    allPages(path, 'c', { limit: 100 })[0]
      ?.rows.slice(4)
      .map(({ key }) => key),
  ).toEqual([
    [2, { base64: 'AP8=' }],
    [{ int: '9007199254740993' }, 'w'],
  ]);
  expect(values('keyless', 0)).toEqual(['same', 'same', 'other']);
  expect(allPages(path, 'keyless', { limit: 9 })[0]?.rows[0]).not.toHaveProperty('key');
  expect(values('f', 0)).toEqual(['one', 'two', 'three']);
  expect(values('r', 0)).toEqual(['1', '2', '3']);
});

test('a search finds text in any column, past stretches that hold none, and page by page', () => {
  const path = databaseOf(`${many}; update t set note = 'a NEEDLE' where id in (7, 30000, 44999);
    update t set name = x'4e4545444c45' where id = 100`);
  const pages = allPages(path, 't', { limit: 2, search: 'Needle' });
  expect(pages.flatMap(({ rows }) => rows.map(({ key }) => key?.[0]))).toEqual([7, 30_000, 44_999]);
  const byNumber = allPages(path, 't', { limit: 500, search: '4321' }).flatMap(({ rows }) => rows);
  expect(byNumber.map(({ key }) => key?.[0])).toEqual([
    4321, 14_321, 24_321, 34_321, 43_210, 43_211, 43_212, 43_213, 43_214, 43_215, 43_216, 43_217,
    43_218, 43_219, 44_321,
  ]);
  expect(allPages(path, 't', { limit: 10, search: '%' }).flatMap(({ rows }) => rows)).toEqual([]);
});

test('what is long is cut, and a key that is too long is left out', () => {
  const path = databaseOf(`create table t (k text primary key, b blob);
    insert into t values (printf('%.5000c', 'k'), zeroblob(9000000)), ('short', x'00ff')`);
  const [page] = allPages(path, 't', { limit: 10 });
  expect(page?.rows).toEqual([
    {
      cells: [
        { kind: 'text', text: 'k'.repeat(200), cut: true },
        { kind: 'bytes', text: '00'.repeat(100), cut: true },
      ],
    },
    {
      key: ['short'],
      cells: [
        { kind: 'text', text: 'short' },
        { kind: 'bytes', text: '00FF' },
      ],
    },
  ]);
});

test('a table that is not there, or is none, is refused, and nothing is written', () => {
  const path = databaseOf(`create table t (x); create view v as select 1`);
  const before = dumpOf(path);
  for (const table of ['v', 'nowhere', 'sqlite_schema']) {
    expect(() => readRows(path, table, { limit: 1 })).toThrow(/there is no table/);
  }
  expect(readRows(path, 'T', { limit: 1 })).toEqual({ rows: [] });
  expect(dumpOf(path)).toEqual(before);
});
