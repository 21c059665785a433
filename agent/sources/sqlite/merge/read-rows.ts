import type Database from 'better-sqlite3';
import * as z from 'zod';
import type { KeyValue } from '../../../../protocol/domain/restore-order.ts';
import type { TableCell, TablePage, TableRow } from '../../../../protocol/domain/table-page.ts';
import { KedgeError } from '../../../../protocol/failures.ts';
import { errorMessage } from '../../../os/error-code.ts';
import type { PageOrder } from '../../table-reader.ts';
import { holdsRows, keyOf, openCopy } from './list-tables.ts';
import { toKeyValue, toSqlValue } from './picked-rows.ts';
import { joined, quoted } from './sql-text.ts';
import { readShapes, type TableShape, tableIn } from './table-shape.ts';

/** Characters or bytes of a value that a page holds at most. */
const cellAtMost = 200;
/** A key that is longer is not worth its bytes on the wire: the table can be picked instead. */
const keyAtMost = 1000;
const rowsAtMost = 500;
/** A search looks at so many rows at once, and for so long; the next page goes on. */
const searchedAtOnce = 20_000;
const searchMs = 200;

/** One page of a table, in the order of its row numbers or of its key. */
export function readRows(path: string, table: string, order: PageOrder): TablePage {
  using file = openCopy(path);
  const { database } = file;
  const shape = readShapes(database, 'main').get(table.toLowerCase());
  if (shape === undefined || !holdsRows(shape)) {
    throw new KedgeError('not-found', { what: 'table', id: table, list: 'backup' });
  }
  try {
    return readPage(database, shape, { ...order, limit: Math.min(order.limit, rowsAtMost) });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const why = errorMessage(error);
    throw new KedgeError('unavailable', { what: `table "${table}"`, why }, { cause: error });
  }
}

function readPage(database: Database.Database, shape: TableShape, order: PageOrder): TablePage {
  const place = placeColumns(shape);
  const rows: TableRow[] = [];
  const deadline = performance.now() + searchMs;
  let { after } = order;
  for (;;) {
    const batch = readBatch(database, shape, { ...order, after }, order.limit - rows.length);
    rows.push(...batch.found.map((row) => rowOf(shape, place, row)));
    after = batch.next;
    if (after === undefined) return { rows };
    if (rows.length >= order.limit || performance.now() > deadline) return { rows, next: after };
  }
}

/** What rows are ordered by: it tells each from all others, and an index leads to it. */
function placeColumns({ kind, rowName, key, columns }: TableShape): readonly string[] {
  if (kind === 'without-rowid') return key;
  return [rowName ?? (kind === 'virtual' ? 'rowid' : (columns[0] ?? 'rowid'))];
}

const Rows = z.array(z.array(z.unknown()));

/** Looks at a stretch of the table; `next` is its end, absent where that is the end of the table. */
function readBatch(
  database: Database.Database,
  shape: TableShape,
  { after, search }: PageOrder,
  wanted: number,
): { readonly found: readonly (readonly unknown[])[]; readonly next?: readonly KeyValue[] } {
  const place = placeColumns(shape).map(quoted).join(', ');
  const from = after?.map(toSqlValue) ?? [];
  const marks = from.map(() => '?').join(', ');
  const later = from.length === 0 ? '' : `where (${place}) > (${marks})`;
  const stretch = search === undefined ? wanted : searchedAtOnce;
  const table = tableIn('main', shape.name);
  const ends = database
    .prepare(`select ${place} from ${table} ${later} order by ${place} limit 1 offset ?`)
    .safeIntegers()
    .raw()
    .get(...from, stretch - 1);
  const end = ends === undefined ? undefined : z.array(z.unknown()).parse(ends);
  const until = end === undefined ? 'true' : `(${place}) <= (${marksOf(end)})`;
  const matching = search === undefined ? 'true' : matches(shape.columns);
  const sql = `select ${place}, ${selected(shape)} from ${table}
    ${later === '' ? 'where true' : later} and ${until} and (${matching}) order by ${place} limit ?`;
  const bound = [...from, ...(end ?? []), ...(search === undefined ? [] : patterns(shape, search))];
  const found = Rows.parse(
    database
      .prepare(sql)
      .safeIntegers()
      .raw()
      .all(...bound, wanted),
  );
  return { found, ...nextOf(shape, found, wanted, end) };
}

function nextOf(
  shape: TableShape,
  found: readonly (readonly unknown[])[],
  wanted: number,
  end: readonly unknown[] | undefined,
): { readonly next?: readonly KeyValue[] } {
  const last = found.length === wanted ? found.at(-1) : undefined;
  const next = last?.slice(0, placeColumns(shape).length) ?? end;
  return next === undefined ? {} : { next: next.map(toKeyValue) };
}

const marksOf = (values: readonly unknown[]) => values.map(() => '?').join(', ');

/** Bytes are not searched, as what stands in them is no text. */
function matches(columns: readonly string[]): string {
  const each = columns.map(
    (name) => `(instr(lower(${quoted(name)}), lower(?)) and typeof(${quoted(name)}) <> 'blob')`,
  );
  return each.length === 0 ? 'false' : joined(each, 'or');
}

function patterns({ columns }: TableShape, search: string): readonly string[] {
  return columns.map(() => search);
}

/** Of each column its type, its length, and its beginning; of each column of the key its value. */
function selected(shape: TableShape): string {
  const keys = keyOf(shape).map(quoted);
  const cells = shape.columns.map(quoted).flatMap((name) => [
    `typeof(${name})`,
    `length(${name})`,
    `case typeof(${name}) when 'blob' then hex(substr(${name}, 1, ${cellAtMost / 2}))
       when 'text' then substr(${name}, 1, ${cellAtMost}) else ${name} end`,
  ]);
  return [...keys, ...cells].join(', ') || '1';
}

function rowOf(shape: TableShape, place: readonly string[], row: readonly unknown[]): TableRow {
  const keys = keyOf(shape).length;
  const values = row.slice(place.length + keys);
  const cells = shape.columns.map((_, at) => cellOf(values.slice(3 * at, 3 * at + 3)));
  const key = row.slice(place.length, place.length + keys).map(toKeyValue);
  const isPickable = keys > 0 && JSON.stringify(key).length <= keyAtMost;
  return isPickable ? { key, cells } : { cells };
}

function cellOf([type, length, value]: readonly unknown[]): TableCell {
  if (type === 'null') return null;
  if (type === 'text' || type === 'blob') {
    const kind = type === 'text' ? 'text' : 'bytes';
    const isCut = Number(length) > (type === 'text' ? cellAtMost : cellAtMost / 2);
    return { kind, text: String(value), ...(isCut ? { cut: true } : {}) };
  }
  return { kind: 'number', text: String(value) };
}
