import { identifier } from '../../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import type { RowDifference } from '../../dumps/table-merges.ts';
import { type ShapedColumn, type TableShape, writtenColumns } from './table-shape.ts';

/** What the rows of the table `beside`, for SQL, would change in a live one with the same columns. */
export async function compareRows(
  session: SqlSession,
  beside: string,
  live: TableShape,
  signal: AbortSignal,
): Promise<RowDifference> {
  const count = async (sql: string): Promise<number> => {
    const [row] = await session.query(`SELECT COUNT(*) AS counted FROM ${sql}`, signal);
    return Number(row?.['counted'] ?? 0);
  };
  const [besideRows, liveRows] = [await count(beside), await count(live.quoted)];
  if (live.key.length === 0)
    return {
      besideRows,
      liveRows,
      overwritten: 0,
      ...(await byContent(session, beside, live, signal)),
    };
  return {
    besideRows,
    liveRows,
    inserted: await count(without(beside, live.quoted, live)),
    overwritten: await count(overwritten(beside, live)),
    deleted: await count(without(live.quoted, beside, live)),
  };
}

/** Rows of the one whose key the other has not. */
const without = (one: string, other: string, live: TableShape): string =>
  `${one} l WHERE NOT EXISTS (SELECT 1 FROM ${other} s WHERE ${sameKey(live)})`;

const overwritten = (beside: string, live: TableShape): string =>
  `${beside} s JOIN ${live.quoted} l ON ${sameKey(live)} WHERE NOT (${sameContent(live)})`;

const sameKey = ({ key }: TableShape): string =>
  key.map((name) => `s.${identifier(name)} = l.${identifier(name)}`).join(' AND ');

const sameContent = (live: TableShape): string =>
  [
    'TRUE',
    ...writtenColumns(live).map((each) => `${imageOf(each, 's')} <=> ${imageOf(each, 'l')}`),
  ].join(' AND ');

const places: ReadonlySet<string> = new Set([
  ...['geometry', 'point', 'linestring', 'polygon', 'multipoint', 'multilinestring'],
  ...['multipolygon', 'geometrycollection', 'geomcollection'],
]);

/** Byte for byte: two texts are the same to their collation that nobody would take for the same. */
function imageOf({ name, kind, charset }: ShapedColumn, of: string): string {
  const column = `${of}.${identifier(name)}`;
  if (places.has(kind)) return `ST_AsWKB(${column})`;
  return charset === undefined && kind !== 'json' ? column : `CAST(${column} AS BINARY)`;
}

/** Without a key a row is all that is in it. */
async function byContent(
  session: SqlSession,
  beside: string,
  live: TableShape,
  signal: AbortSignal,
): Promise<Pick<RowDifference, 'inserted' | 'deleted'>> {
  const parts = writtenColumns(live).map(
    (column) => `COALESCE(MD5(CAST(${imageOf(column, 'r')} AS BINARY)), '-')`,
  );
  const of = (table: string, was: number, now: number): string =>
    `SELECT CONCAT(${parts.join(', ')}) AS content, ${was} AS was, ${now} AS is_now FROM ${table} r`;
  const [row] = await session.query(
    `SELECT SUM(GREATEST(was - is_now, 0)) AS inserted, SUM(GREATEST(is_now - was, 0)) AS deleted
     FROM (SELECT SUM(was) AS was, SUM(is_now) AS is_now
       FROM (${of(beside, 1, 0)} UNION ALL ${of(live.quoted, 0, 1)}) each_row GROUP BY content) all_rows`,
    signal,
  );
  return { inserted: Number(row?.['inserted'] ?? 0), deleted: Number(row?.['deleted'] ?? 0) };
}

const examplesAtMost = 3;

/** Keys of some rows that would be overwritten or go: "overwritten: id 7". */
export async function exampleRows(
  session: SqlSession,
  beside: string,
  live: TableShape,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (live.key.length === 0) return [];
  const shown = live.key.map((name) => `CAST(l.${identifier(name)} AS CHAR)`).join(', ');
  const order = live.key.map((name) => `l.${identifier(name)}`).join(', ');
  const some = async (from: string) =>
    await session.query(
      `SELECT CONCAT_WS(', ', ${shown}) AS shown FROM ${from} ORDER BY ${order} LIMIT ${examplesAtMost}`,
      signal,
    );
  const names = live.key.join(', ');
  const changed = await some(overwritten(beside, live));
  const gone = await some(without(live.quoted, beside, live));
  return [
    ...changed.map(({ shown: key }) => `overwritten: ${names} ${key}`),
    ...gone.map(({ shown: key }) => `goes away: ${names} ${key}`),
  ];
}
