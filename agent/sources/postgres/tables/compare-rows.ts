import { identifier } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import type { RowDifference } from '../../dumps/table-merges.ts';
import { imageOf, listed, sameKey } from './beside.ts';
import type { LiveTable } from './live-tables.ts';

export async function compareRows(
  session: SqlSession,
  beside: string,
  live: LiveTable,
  signal: AbortSignal,
): Promise<RowDifference> {
  const sql = live.key.length > 0 ? byKey(beside, live) : byContent(beside, live);
  const [row] = await session.query(sql, signal);
  const number = (name: string): number => Number(row?.[name] ?? 0);
  return {
    besideRows: number('was'),
    liveRows: number('is'),
    inserted: number('inserted'),
    overwritten: number('overwritten'),
    deleted: number('deleted'),
  };
}

const differs = (live: LiveTable): string =>
  `${imageOf(live, 's')} OPERATOR(pg_catalog.*<>) ${imageOf(live, 'l')}`;

function byKey(beside: string, live: LiveTable): string {
  return `SELECT count(s.ctid) AS was, count(l.ctid) AS is,
      count(*) FILTER (WHERE l.ctid IS NULL) AS inserted,
      count(*) FILTER (WHERE s.ctid IS NULL) AS deleted,
      count(*) FILTER (WHERE s.ctid IS NOT NULL AND l.ctid IS NOT NULL AND ${differs(live)}) AS overwritten
    FROM ${beside} s FULL JOIN ONLY ${live.quoted} l ON ${sameKey(live, 's', 'l')}`;
}

/** Without a key a row is all that is in it. */
function byContent(beside: string, live: LiveTable): string {
  const text = (of: string): string => `ROW(${listed(live, of)})::text AS content`;
  return `SELECT coalesce(sum(was), 0) AS was, coalesce(sum(now), 0) AS is, 0 AS overwritten,
      coalesce(sum(greatest(was - now, 0)), 0) AS inserted,
      coalesce(sum(greatest(now - was, 0)), 0) AS deleted
    FROM (SELECT sum(was) AS was, sum(now) AS now FROM (
        SELECT ${text('s')}, 1 AS was, 0 AS now FROM ${beside} s
        UNION ALL SELECT ${text('l')}, 0, 1 FROM ONLY ${live.quoted} l) each_row GROUP BY content) rows`;
}

const examplesAtMost = 3;

/** Keys of some rows that would be overwritten or go: "overwritten: id 7". */
export async function exampleRows(
  session: SqlSession,
  beside: string,
  live: LiveTable,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (live.key.length === 0) return [];
  const keyOf = (of: string): string =>
    `concat_ws(', ', ${live.key.map(({ name }) => `${of}.${identifier(name)}::text`).join(', ')})`;
  const matched = sameKey(live, 's', 'l');
  const order = live.key.map(({ name }) => `l.${identifier(name)}`).join(', ');
  const [overwritten, gone] = await Promise.all([
    session.query(
      `SELECT ${keyOf('l')} AS key FROM ${beside} s JOIN ONLY ${live.quoted} l ON ${matched}
       WHERE ${differs(live)} ORDER BY ${order} LIMIT ${examplesAtMost}`,
      signal,
    ),
    session.query(
      `SELECT ${keyOf('l')} AS key FROM ONLY ${live.quoted} l
       WHERE NOT EXISTS (SELECT FROM ${beside} s WHERE ${matched})
       ORDER BY ${order} LIMIT ${examplesAtMost}`,
      signal,
    ),
  ]);
  const names = live.key.map(({ name }) => name).join(', ');
  return [
    ...overwritten.map(({ key }) => `overwritten: ${names} ${key}`),
    ...gone.map(({ key }) => `goes away: ${names} ${key}`),
  ];
}
