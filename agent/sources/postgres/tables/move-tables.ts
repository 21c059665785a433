import { KedgeError } from '../../../../protocol/failures.ts';
import { identifier, literal } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import type { NotedTable } from './exchange-notes.ts';
import type { LiveTable } from './live-tables.ts';

/** With its indexes, sequences and all else that is its own. */
export async function moveTable(
  session: SqlSession,
  { schema, name }: NotedTable,
  { from = schema, to = schema }: { readonly from?: string; readonly to?: string },
  signal: AbortSignal,
): Promise<void> {
  const table = `${identifier(from)}.${identifier(name)}`;
  // Statistics of several columns stay where they are, and would be in a backup without their table.
  const statistics = await session.query(
    `SELECT x.stxname AS name FROM pg_statistic_ext x JOIN pg_namespace n ON n.oid = x.stxnamespace
     WHERE x.stxrelid = ${literal(table)}::regclass AND n.nspname = ${literal(from)}`,
    signal,
  );
  await session.query(`ALTER TABLE ${table} SET SCHEMA ${identifier(to)}`, signal);
  for (const { name: own } of statistics) {
    const object = `${identifier(from)}.${identifier(own ?? '')}`;
    await session.query(`ALTER STATISTICS ${object} SET SCHEMA ${identifier(to)}`, signal);
  }
}

/** A view that came since would go on reading what was taken away. */
export async function refuseReaders(
  session: SqlSession,
  live: readonly LiveTable[],
  signal: AbortSignal,
): Promise<void> {
  for (const { oid, table } of live) {
    const [reader] = await session.query(readersSql(oid), signal);
    if (reader === undefined) continue;
    const why = `${reader['what']} depends on table "${table}", which would go: drop it first`;
    throw new KedgeError('restore-refused', { why });
  }
}

const readersSql = (oid: string): string => `SELECT coalesce(
    (SELECT pg_describe_object('pg_class'::regclass, ev_class, 0) FROM pg_rewrite WHERE d.classid = 'pg_rewrite'::regclass AND oid = d.objid),
    pg_describe_object(d.classid, d.objid, d.objsubid)) AS what
  FROM pg_depend d
  WHERE d.deptype = 'n' AND (d.refclassid = 'pg_class'::regclass AND d.refobjid = ${oid}
      OR d.refclassid = 'pg_type'::regclass AND d.refobjid IN (SELECT t.oid FROM pg_type t
        WHERE t.typrelid = ${oid} OR t.typelem IN (SELECT oid FROM pg_type WHERE typrelid = ${oid})))
    AND (d.classid IN ('pg_proc'::regclass, 'pg_class'::regclass)
      OR d.classid = 'pg_rewrite'::regclass AND d.objid IN (SELECT oid FROM pg_rewrite WHERE ev_class <> ${oid})
      OR d.classid = 'pg_policy'::regclass AND d.objid IN (SELECT oid FROM pg_policy WHERE polrelid <> ${oid}))
  ORDER BY 1 LIMIT 1`;
