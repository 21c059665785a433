import type Database from 'better-sqlite3';
import * as z from 'zod';
import { overwrittenExamples } from './merge-examples.ts';
import { reusedKey } from './reused-keys.ts';
import { anyNull, differs, joined, quoted, sameKey } from './sql-text.ts';
import { keyColumns, type RowCounts, sourceOfStale, stale, type TableRows } from './table-rows.ts';

const gone = 'temp."kedge gone"';

/** Rows whose key holds NULL are no rows of this key. */
export function mergeByKey(rows: TableRows): RowCounts {
  listStale(rows);
  const counts = countStale(rows.database);
  const examples = overwrittenExamples(rows);
  const deleted = rows.replaces ? deleteGone(rows) : 0;
  // Deleted before they are written: two rows may have exchanged what is unique.
  deleteStale(rows);
  insertStale(rows);
  return { ...counts, deleted, examples };
}

export function dropKeyLists(database: Database.Database): void {
  database.exec(`drop table if exists ${stale}; drop table if exists ${gone}`);
}

function listStale({ database, live, source, shared, added, key, rowName, isNumbered }: TableRows) {
  const [first = ''] = key;
  const isMissing = `l.${quoted(first)} is null`;
  const columns = [
    ...key.map((name, at) => `b.${quoted(name)} as k${at}`),
    ...(rowName === undefined ? [] : [`l.${rowName} as r`]),
    ...added.map((name, at) => `l.${quoted(name)} as a${at}`),
    `${isMissing} as missing`,
    `case when ${isMissing} then 0 else ${reusedKey({ key, isNumbered }, shared)} end as reused`,
  ];
  const changed = joined(
    shared.map((name) => differs(name, 'l', 'b')),
    'or',
  );
  database.exec(
    `create temp table "kedge stale" as select ${columns.join(', ')}
     from ${source} b left join ${live} l on ${sameKey(key, 'l', 'b')}
     where not (${anyNull(key, 'b')}) and (${isMissing} or ${changed})`,
  );
}

const Counts = z.object({
  inserted: z.number(),
  overwritten: z.number(),
  reusedKeys: z.number(),
});

function countStale(database: Database.Database): z.infer<typeof Counts> {
  const sql = `select coalesce(sum(missing), 0) as inserted, coalesce(sum(not missing), 0) as overwritten,
    coalesce(sum(reused), 0) as reusedKeys from ${stale}`;
  return Counts.parse(database.prepare(sql).get());
}

function deleteGone({ database, live, source, key, rowName, isNumbered }: TableRows): number {
  const row = isNumbered ? key[0] : rowName;
  const columns = (row === undefined ? key : [row]).map((name) => `l.${quoted(name)}`);
  database.exec(
    `create temp table "kedge gone" as select ${columns.join(', ')} from ${live} l
     where not (${anyNull(key, 'l')})
       and not exists (select 1 from ${source} b where ${sameKey(key, 'l', 'b')})`,
  );
  const names = row === undefined ? key : [row];
  return database
    .prepare(`delete from ${live} where ${list(names)} in (select * from ${gone})`)
    .run().changes;
}

function deleteStale({ database, live, key, rowName }: TableRows): void {
  const [columns, kept] =
    rowName === undefined ? [list(key), keyColumns(key).join(', ')] : [quoted(rowName), 'r'];
  database
    .prepare(
      `delete from ${live} where ${columns} in (select ${kept} from ${stale} where not missing)`,
    )
    .run();
}

function list(names: readonly string[]): string {
  return `(${names.map(quoted).join(', ')})`;
}

function insertStale(rows: TableRows): void {
  const { database, live, shared, added, rowName } = rows;
  const values = shared.map((name) => `b.${quoted(name)}`);
  const row = rowName === undefined ? [] : [rowName];
  const from = sourceOfStale(rows);
  database
    .prepare(
      `insert into ${live} ${list([...shared, ...row, ...added])}
       select ${[...values, ...row.map(() => 'x.r'), ...added.map((_, at) => `x.a${at}`)].join(', ')}
       from ${from} where not x.missing`,
    )
    .run();
  database
    .prepare(
      `insert into ${live} ${list(shared)} select ${values.join(', ')} from ${from} where x.missing`,
    )
    .run();
}
