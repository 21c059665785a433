import type Database from 'better-sqlite3';
import * as z from 'zod';
import type { TableDiff } from '../../../protocol/domain/diff.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';

/** Rows of a table of `main` against the same of the attached `old`. */
export function diffTable(database: Database.Database, table: string): TableDiff {
  const sides = { database, table: quoted(table) };
  try {
    return { table, ...countDifferences(sides, table) };
  } catch (error) {
    const code = errorCode(error);
    // Damage is that of the whole file.
    const ofTable = code.startsWith('SQLITE_') && !/^SQLITE_(FULL|CORRUPT|NOTADB)/.test(code);
    if (!ofTable) throw error;
    const none = { rowsBefore: 0, rowsAfter: 0, inserted: 0, changed: 0, deleted: 0 };
    return { table, ...none, problem: errorMessage(error) };
  }
}

interface Sides {
  readonly database: Database.Database;
  /** Quoted. */
  readonly table: string;
}

type Counts = Omit<TableDiff, 'table' | 'problem'>;

function countDifferences(sides: Sides, table: string): Counts {
  const now = columnsOf(sides, 'main', table);
  const then = columnsOf(sides, 'old', table);
  const rowsAfter = now.length === 0 ? 0 : rowsIn(sides, 'main');
  const rowsBefore = then.length === 0 ? 0 : rowsIn(sides, 'old');
  const totals = { rowsBefore, rowsAfter };
  const names = new Set(then.map(({ name }) => name));
  const shared = now.filter(({ name }) => names.has(name)).map(({ name }) => name);
  if (shared.length === 0 || rowsBefore === 0 || rowsAfter === 0)
    return { ...totals, inserted: rowsAfter, changed: 0, deleted: rowsBefore };
  const key = keyOf(now);
  if (key.length > 0 && String(key) === String(keyOf(then)) && !hasNulls(sides, key))
    return { ...totals, ...byKey(sides, key, shared, totals) };
  return { ...totals, ...byContent(sides, shared, rowName([...now, ...then])) };
}

const Columns = z.array(z.object({ name: z.string(), pk: z.number() }));
type Columns = z.infer<typeof Columns>;

/** Without generated ones, which follow from the others. None: there is no such table. */
function columnsOf({ database }: Sides, schema: 'main' | 'old', table: string): Columns {
  const sql = `select lower(name) as name, pk from pragma_table_info(?, '${schema}')`;
  return Columns.parse(database.prepare(sql).all(table));
}

function keyOf(columns: Columns): readonly string[] {
  const parts = columns.filter(({ pk }) => pk > 0).toSorted((a, b) => a.pk - b.pk);
  return parts.map(({ name }) => name);
}

/** Of old, SQLite lets a primary key hold NULL, any number of times. */
function hasNulls(sides: Sides, key: readonly string[]): boolean {
  const isNull = key.map((name) => `${quoted(name)} is null`).join(' or ');
  return ['main', 'old'].some(
    (schema) =>
      numberIn(sides, `select exists(select 1 from ${schema}.${sides.table} where ${isNull})`) > 0,
  );
}

/** Rows of the same key are one row before and after. */
function byKey(
  sides: Sides,
  key: readonly string[],
  columns: readonly string[],
  { rowsBefore, rowsAfter }: Pick<Counts, 'rowsBefore' | 'rowsAfter'>,
) {
  const same = key.map((name) => `n.${quoted(name)} = o.${quoted(name)}`).join(' and ');
  const [kept, changed] = numbersIn(
    sides,
    `select count(*), coalesce(sum(${differs(columns)}), 0)
     from main.${sides.table} n cross join old.${sides.table} o on ${same}`,
  );
  return { inserted: rowsAfter - kept, changed, deleted: rowsBefore - kept };
}

/** Letter case and storage class count as well, whatever the column says. */
function differs(columns: readonly string[]): string {
  const each = columns.map((name) => {
    const [now, then] = [`n.${quoted(name)}`, `o.${quoted(name)}`];
    return `${now} collate binary is not ${then} or typeof(${now}) <> typeof(${then})`;
  });
  return each.join(' or ');
}

/**
 * Without a key, rows are the same if all that is in them is. First by row number, which costs no sorting;
 * a VACUUM may have numbered them anew.
 */
function byContent(sides: Sides, columns: readonly string[], row: string | undefined) {
  if (row !== undefined && isSameByRow(sides, columns, row)) {
    return { inserted: 0, changed: 0, deleted: 0 };
  }
  const list = columns.map(quoted).join(', ');
  const alike = columns.map((name) => `${quoted(name)} collate binary, typeof(${quoted(name)})`);
  const [inserted, deleted] = numbersIn(
    sides,
    `select coalesce(sum(max(d, 0)), 0), coalesce(sum(max(-d, 0)), 0) from (
       select sum("kedge side") as d from (
         select 1 as "kedge side", ${list} from main.${sides.table}
         union all select -1, ${list} from old.${sides.table}
       ) group by ${alike.join(', ')})`,
  );
  return { inserted, changed: 0, deleted };
}

function isSameByRow(sides: Sides, columns: readonly string[], row: string): boolean {
  const rows = (schema: string) => rowsIn(sides, schema);
  if (rows('main') !== rows('old')) return false;
  const [kept, changed] = numbersIn(
    sides,
    `select count(*), coalesce(sum(${differs(columns)}), 0)
     from main.${sides.table} n cross join old.${sides.table} o on n.${row} = o.${row}`,
  );
  return kept === rows('main') && changed === 0;
}

/** What the row number can be called here; undefined: columns have taken all its names. */
function rowName(columns: Columns): string | undefined {
  const taken = new Set(columns.map(({ name }) => name));
  return ['rowid', '_rowid_', 'oid'].find((name) => !taken.has(name));
}

function rowsIn(sides: Sides, schema: string): number {
  return numberIn(sides, `select count(*) from ${schema}.${sides.table}`);
}

function numberIn({ database }: Sides, sql: string): number {
  return Number(database.prepare(sql).pluck().get());
}

function numbersIn({ database }: Sides, sql: string): readonly [number, number] {
  return z.tuple([z.number(), z.number()]).parse(database.prepare(sql).raw().get());
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
