import { identifier, literal } from '../../databases/postgres/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { ownSchemas } from './database-place.ts';

/** A table that holds rows itself, no partitioned one. */
export interface CountedTable {
  readonly oid: string;
  /** "public.visit". */
  readonly table: string;
  /** Absent: of an extension. */
  readonly rows?: number;
}

/** Rows of each table as the session sees them. `onTable` names the one that is counted. */
export async function countTables(
  session: SqlSession,
  signal: AbortSignal,
  onTable: (table: string) => void = () => undefined,
): Promise<readonly CountedTable[]> {
  const counted: CountedTable[] = [];
  for (const { oid, schema, name, owned } of await session.query(tablesSql, signal)) {
    const table = wordTable(schema ?? '', name ?? '');
    if (owned === 't') {
      counted.push({ oid: oid ?? '', table });
      continue;
    }
    onTable(table);
    const quoted = `${identifier(schema ?? '')}.${identifier(name ?? '')}`;
    // Of a table others inherit from, its own only: theirs are counted with them.
    const [row] = await session.query(`SELECT count(*) AS rows FROM ONLY ${quoted}`, signal);
    counted.push({ oid: oid ?? '', table, rows: Number(row?.['rows']) });
  }
  return counted;
}

/** "public.visit". No two tables have one name: "a.b".c is not a."b.c". */
export function wordTable(schema: string, name: string): string {
  return `${plain(schema)}.${plain(name)}`;
}

function plain(name: string): string {
  return /[."]/.test(name) ? identifier(name) : name;
}

/**
 * Nothing of the system or of sessions, nor what an undo keeps: none of that is in a dump. Of unlogged tables a standby has no
 * rows.
 */
const tablesSql = `SELECT c.oid, n.nspname AS schema, c.relname AS name, EXISTS (SELECT FROM pg_depend e
    WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e') AS owned
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND c.relpersistence <> 't'
    AND NOT (c.relpersistence = 'u' AND pg_is_in_recovery())
    AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    AND n.nspname !~ ${literal(ownSchemas)}
  ORDER BY 2, 3`;
