import { identifier, literal } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import type { LiveTable } from './live-tables.ts';

/**
 * Numbers that were given stay given, and none that came back is given again. Of partitions the sequence belongs to the
 * partitioned table.
 */
export async function raiseSequences(
  session: SqlSession,
  live: LiveTable,
  signal: AbortSignal,
): Promise<void> {
  for (const { sequence, column } of await session.query(ownedSql(live), signal)) {
    const rows = `SELECT max(${identifier(column ?? '')}) AS most FROM ONLY ${live.quoted}`;
    await session.query(
      `SELECT setval(${literal(sequence ?? '')}::regclass, most::bigint) FROM (${rows}) r, ${sequence} s
       WHERE most > CASE WHEN s.is_called THEN s.last_value ELSE s.last_value - 1 END
         AND most <= (SELECT seqmax FROM pg_sequence WHERE seqrelid = ${literal(sequence ?? '')}::regclass)`,
      signal,
    );
  }
}

const ownedSql = ({ oid }: LiveTable): string => `SELECT a.attname AS column,
    format('%I.%I', n.nspname, c.relname) AS sequence
  FROM pg_depend d JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
    JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence q ON q.seqrelid = c.oid
    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
    AND d.deptype IN ('a', 'i') AND q.seqincrement > 0
    AND d.refobjid IN (SELECT ${oid} UNION ALL SELECT relid FROM pg_partition_ancestors(${oid}))`;
