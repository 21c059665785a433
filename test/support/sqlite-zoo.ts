import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';

/** How a database file is laid out, beside what is in it. */
export interface Layout {
  readonly pageSize?: number;
  readonly encoding?: 'UTF-8' | 'UTF-16le' | 'UTF-16be';
  readonly autoVacuum?: 'none' | 'full' | 'incremental';
  readonly mode?: 'wal' | 'delete';
}

export function makeDatabase(path: string, sql: string, layout: Layout = {}): void {
  for (const ending of ['', '-wal', '-shm', '-journal']) rmSync(path + ending, { force: true });
  const { pageSize = 4096, encoding = 'UTF-8', autoVacuum = 'none', mode = 'wal' } = layout;
  const database = new Database(path);
  database.pragma(`page_size = ${pageSize}`);
  database.pragma(`encoding = "${encoding}"`);
  database.pragma(`auto_vacuum = ${autoVacuum}`);
  database.pragma(`journal_mode = ${mode}`);
  database.pragma('synchronous = off');
  database.pragma('foreign_keys = off');
  database.exec(`begin; ${sql}; commit`);
  database.close();
}

/** Changes one that is there, as its application would. */
export function change(path: string, sql: string): void {
  const database = new Database(path);
  database.pragma('foreign_keys = off');
  database.exec(`begin; ${sql}; commit`);
  database.close();
}

/** All that is in a database: every object, and every row with its types; and whether it is sound. */
export function dumpOf(path: string): Readonly<Record<string, unknown>> {
  const database = new Database(path);
  try {
    const objects = database
      .prepare(
        "select type || ' ' || name || ': ' || coalesce(sql, '') from sqlite_schema order by 1",
      )
      .pluck()
      .all();
    return {
      layout: ['page_size', 'encoding', 'auto_vacuum', 'journal_mode'].map((name) =>
        database.pragma(name, { simple: true }),
      ),
      objects: objects.filter((object) => !/^(table|index) sqlite_/.test(String(object))),
      ...rowsOfAll(database),
      words: wordsOf(database),
      integrity: database.pragma('integrity_check', { simple: true }),
    };
  } finally {
    database.close();
  }
}

/** By table; in no order, as rows of a table have none. */
export function rowsIn(path: string): Readonly<Record<string, readonly string[]>> {
  const database = new Database(path);
  try {
    return rowsOfAll(database);
  } finally {
    database.close();
  }
}

function rowsOfAll(database: Database.Database): Readonly<Record<string, readonly string[]>> {
  const tables = database
    .prepare<[], string>(
      `select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual')
       and name <> 'sqlite_schema' and name not like 'sqlite_stat%' order by name`,
    )
    .pluck()
    .all();
  return Object.fromEntries(tables.map((table) => [table, rowsOf(database, table)]));
}

function rowsOf(database: Database.Database, table: string): readonly string[] {
  const columns = database
    .prepare<[string], string>('select name from pragma_table_xinfo(?) where hidden <> 1')
    .pluck()
    .all(table);
  const quoted = columns.map((name) => `quote("${name.replaceAll('"', '""')}")`);
  return database
    .prepare<[], readonly string[]>(
      `select ${quoted.join(', ')} from "${table.replaceAll('"', '""')}"`,
    )
    .raw()
    .all()
    .map((row) => row.join(' '))
    .sort();
}

/** What the full-text indexes lead to: an index need not agree with the rows it is of. */
function wordsOf(database: Database.Database): readonly unknown[] {
  const tables = database
    .prepare<[], string>(
      "select name from sqlite_schema where sql like '%using fts5%' order by name",
    )
    .pluck()
    .all();
  return tables.map((table) => {
    database.exec(
      `create virtual table temp.words using fts5vocab('main', '${table}', 'instance')`,
    );
    const words = database.prepare('select * from temp.words').raw().all();
    database.exec('drop table temp.words');
    return words;
  });
}

/** One odd kind of table: its schema, what was in it at the backup, what happened since, and what a merge makes of it. */
export interface OddTable {
  readonly name: string;
  readonly schema: string;
  readonly backedUp: string;
  /** Runs after `backedUp`. */
  readonly since: string;
  /** What the live database is after a merge, from an empty schema. */
  readonly merged: string;
}

export const oddTables: readonly OddTable[] = [
  {
    name: 'a numbered key, triggers, foreign keys that cascade, and a sequence',
    schema: `create table owner (id integer primary key autoincrement, name text not null, email text unique);
      create table pet (id integer primary key autoincrement, owner int references owner on delete cascade on update cascade, name);
      create table log (what);
      create trigger t1 after insert on owner begin insert into log values ('insert ' || new.id); end;
      create trigger t2 before delete on owner begin insert into log values ('delete ' || old.id); end;
      create trigger t3 after update of name on owner when new.name <> '' begin insert into log values ('update'); end`,
    backedUp: `insert into owner values (1, 'Anna', 'a@'), (2, 'Ben', 'b@'), (3, 'Cy', null);
      insert into pet values (1, 1, 'Rex'), (2, 2, 'Tom'); delete from log; insert into log values ('start')`,
    since: `update owner set name = 'Anne' where id = 1;
      delete from owner where id = 3; insert into owner values (7, 'Di', 'd@'); insert into pet values (5, 7, 'Mia')`,
    merged: `insert into owner values (1, 'Anna', 'a@'), (2, 'Ben', 'b@'), (3, 'Cy', null), (7, 'Di', 'd@');
      insert into pet values (1, 1, 'Rex'), (2, 2, 'Tom'), (5, 7, 'Mia');
      delete from log; insert into log values ('start'), ('update'), ('delete 3'), ('insert 7')`,
  },
  {
    name: 'what is unique was exchanged between rows',
    schema: 'create table t (id integer primary key, u unique, v)',
    backedUp: "insert into t values (1, 'x', 1), (2, 'y', 1), (3, 'z', 1)",
    since: "delete from t; insert into t values (1, 'y', 2), (2, 'x', 2), (3, 'z', 1), (4, 'w', 2)",
    merged: "insert into t values (1, 'x', 1), (2, 'y', 1), (3, 'z', 1), (4, 'w', 2)",
  },
  {
    name: 'a text key without letter case, kept as it was written',
    schema: 'create table t (code text collate nocase primary key, v)',
    backedUp: "insert into t values ('Anna', 1), ('Ben', 2)",
    since:
      "update t set code = 'ANNA' where v = 1; delete from t where v = 2; insert into t values ('cy', 3)",
    merged: "insert into t values ('Anna', 1), ('Ben', 2), ('cy', 3)",
  },
  {
    name: 'a key of several columns',
    schema: 'create table t (a text, b int, v, primary key (b, a))',
    backedUp: "insert into t values ('x', 1, 1), ('x', 2, 1), ('y', 1, x'00ff')",
    since:
      "update t set v = 9 where b = 2; delete from t where a = 'y'; insert into t values ('z', 1, 9)",
    merged: "insert into t values ('x', 1, 1), ('x', 2, 1), ('y', 1, x'00ff'), ('z', 1, 9)",
  },
  {
    name: 'without row numbers',
    schema:
      'create table t (a text, b int, v, w, primary key (a desc, b)) without rowid; create index i on t (v)',
    backedUp: "insert into t values ('x', 1, 1, null), ('x', 2, 1, 2), ('y', 1, 3, 4)",
    since:
      "update t set v = 9, w = 9 where b = 2; delete from t where a = 'y'; insert into t values ('z', 1, 9, 9)",
    merged:
      "insert into t values ('x', 1, 1, null), ('x', 2, 1, 2), ('y', 1, 3, 4), ('z', 1, 9, 9)",
  },
  {
    name: 'strict, of every type',
    schema: 'create table t (id integer primary key, i int, r real, s text, b blob, a any) strict',
    backedUp:
      "insert into t values (1, 9007199254740993, 2.0, 'x', x'00', '01'), (2, 1, 1.5, 'y', x'', 1)",
    since:
      "update t set a = 1 where id = 1; delete from t where id = 2; insert into t values (3, 0, 0, '', x'01', null)",
    merged:
      "insert into t values (1, 9007199254740993, 2.0, 'x', x'00', '01'), (2, 1, 1.5, 'y', x'', 1), (3, 0, 0, '', x'01', null)",
  },
  {
    name: 'generated columns, stored, virtual and unique',
    schema: `create table t (a int, s text as ('n' || a) stored unique, id integer primary key, v as (a * 2), b,
      check (a < 1000)); create index i on t (v)`,
    backedUp: "insert into t (id, a, b) values (1, 10, 'x'), (2, 20, 'y')",
    since:
      "update t set a = 11 where id = 1; delete from t where id = 2; insert into t (id, a, b) values (3, 30, 'z')",
    merged: "insert into t (id, a, b) values (1, 10, 'x'), (2, 20, 'y'), (3, 30, 'z')",
  },
  {
    name: 'no key: rows by all that is in them, as often as they are there',
    schema: 'create table t (a, b)',
    backedUp:
      "insert into t values ('one', 1), ('two', 2), ('two', 2), ('two', 2), (null, 3), ('1', 4), (1, 4)",
    since:
      "delete from t where a = 'one' or rowid = 3; insert into t values ('new', 5), ('new', 5); delete from t where b = 4 and typeof(a) = 'text'",
    merged:
      "insert into t values ('one', 1), ('two', 2), ('two', 2), ('two', 2), (null, 3), ('1', 4), (1, 4), ('new', 5), ('new', 5)",
  },
  {
    name: 'NULL in keys',
    schema: 'create table t (a text, b int, v, primary key (a, b))',
    backedUp: "insert into t values (null, 1, 1), (null, 1, 1), ('x', null, 2), ('x', 1, 3)",
    since:
      "delete from t where a is null and rowid = 1; update t set v = 9 where b = 1 and a = 'x'; insert into t values (null, null, 8)",
    merged:
      "insert into t values (null, 1, 1), (null, 1, 1), ('x', null, 2), ('x', 1, 3), (null, null, 8)",
  },
  {
    name: 'no primary key, but something unique that is never NULL',
    schema:
      'create table t (v, code text not null unique, w); create unique index i on t (w) where w > 100',
    backedUp: "insert into t values (1, 'a', 1), (2, 'b', 200)",
    since:
      "update t set v = 9 where code = 'a'; delete from t where code = 'b'; insert into t values (3, 'c', 300)",
    merged: "insert into t values (1, 'a', 1), (2, 'b', 200), (3, 'c', 300)",
  },
  {
    name: 'odd names',
    schema: `create table "select ""x"" 'y'" ("rowid" text primary key, "a b", "oid", "kedge side");
      create table "kedge stale" (_rowid_, rowid, oid)`,
    backedUp: `insert into "select ""x"" 'y'" values ('r', 1, 2, 3), ('s', 1, 2, 3); insert into "kedge stale" values (1, 2, 3)`,
    since: `update "select ""x"" 'y'" set "a b" = 9 where oid = 2 and "rowid" = 'r'; delete from "kedge stale"; insert into "kedge stale" values (7, 8, 9)`,
    merged: `insert into "select ""x"" 'y'" values ('r', 1, 2, 3), ('s', 1, 2, 3); insert into "kedge stale" values (1, 2, 3), (7, 8, 9)`,
  },
  {
    name: 'full text with its own content',
    schema:
      'create virtual table t using fts5(title, body, note unindexed); create virtual table u using fts4(a, b)',
    backedUp:
      "insert into t values ('one', 'alpha', 1), ('two', 'beta', 2), ('three', 'gamma', 3); insert into u values ('x', 'alpha'), ('y', 'beta')",
    since:
      "update t set body = 'delta' where rowid = 2; delete from t where rowid = 1; insert into t values ('four', 'eta', 4); delete from u where a = 'x'; insert into u values ('z', 'eta')",
    merged:
      "insert into t values ('one', 'alpha', 1), ('two', 'beta', 2), ('three', 'gamma', 3), ('four', 'eta', 4); insert into u values ('x', 'alpha'), ('y', 'beta'), ('z', 'eta')",
  },
  {
    name: 'full text over a table, kept by triggers',
    schema: `create table doc (id integer primary key, body text);
      create virtual table found using fts5(body, content = 'doc', content_rowid = 'id');
      create trigger i after insert on doc begin insert into found (rowid, body) values (new.id, new.body); end;
      create trigger d after delete on doc begin insert into found (found, rowid, body) values ('delete', old.id, old.body); end;
      create trigger u after update on doc begin insert into found (found, rowid, body) values ('delete', old.id, old.body);
        insert into found (rowid, body) values (new.id, new.body); end`,
    backedUp: "insert into doc values (1, 'alpha'), (2, 'beta'), (3, 'gamma')",
    since:
      "update doc set body = 'delta' where id = 2; delete from doc where id = 1; insert into doc values (9, 'eta')",
    merged: "insert into doc values (1, 'alpha'), (2, 'beta'), (3, 'gamma'), (9, 'eta')",
  },
  {
    name: 'boxes in an R-tree',
    schema:
      'create virtual table box using rtree(id, x0, x1, y0, y1, +name); create virtual table whole using rtree_i32(k, a, b)',
    backedUp:
      "insert into box values (1, 0.1, 0.2, 1, 2, 'a'), (2, 5, 6, 7, 8.3, 'b'); insert into whole values (1, 2, 3)",
    since:
      "update box set x1 = 9 where id = 1; delete from box where id = 2; insert into box values (3, 1, 1, 1, 1, 'c'); update whole set b = 7; insert into whole values (2, 2, 2)",
    merged:
      "insert into box values (1, 0.1, 0.2, 1, 2, 'a'), (2, 5, 6, 7, 8.3, 'b'), (3, 1, 1, 1, 1, 'c'); insert into whole values (1, 2, 3), (2, 2, 2)",
  },
  {
    name: 'views with INSTEAD OF triggers',
    schema: `create table t (id integer primary key, a); create table log (x);
      create view v as select id, upper(a) as a from t;
      create trigger vi instead of insert on v begin insert into t values (new.id, lower(new.a)); insert into log values ('i'); end;
      create trigger vd instead of delete on v begin delete from t where id = old.id; insert into log values ('d'); end`,
    backedUp: "insert into v values (1, 'ONE'), (2, 'TWO')",
    since:
      "delete from v where id = 1; update t set a = 'zwei' where id = 2; insert into v values (3, 'THREE')",
    merged:
      "insert into t values (1, 'one'), (2, 'two'), (3, 'three'); insert into log values ('i'), ('i'), ('d'), ('i')",
  },
  {
    name: 'keys that are bytes, numbers past 2^53, and a descending one that is no row number',
    schema:
      'create table b (k blob primary key, v); create table n (k integer primary key, v); create table d (k integer primary key desc, v)',
    backedUp:
      "insert into b values (x'00', 1), (x'ff', 2); insert into n values (9007199254740993, 1), (-9223372036854775808, 2); insert into d values (1, 1), (2, 2)",
    since:
      'update b set v = 9; delete from n where v = 1; update n set v = 9; delete from d where k = 1; update d set v = 9; insert into n values (9007199254740992, 3)',
    merged:
      "insert into b values (x'00', 1), (x'ff', 2); insert into n values (9007199254740993, 1), (-9223372036854775808, 2), (9007199254740992, 3); insert into d values (1, 1), (2, 2)",
  },
];
