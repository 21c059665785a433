import * as z from 'zod';
import { literal } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { wordTable } from '../count-tables.ts';
import { ownSchemas } from '../database-place.ts';
import type { ColumnFacts, TableFacts } from '../dump-facts.ts';

/** By which rows of then are known to fit into a table of now. */
export interface TableShape extends Pick<TableFacts, 'root' | 'bound'> {
  readonly columns: readonly ColumnFacts[];
}

const backedUp = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
    AND n.nspname !~ ${literal(ownSchemas)}`;

/** Of all tables that hold rows themselves and are in backups, by their numbers. */
export async function readShapes(
  session: SqlSession,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TableShape>> {
  return await shapesWhere(backedUp, session, signal);
}

/** Of tables that stand beside the live ones, by their names. */
export async function readColumnsBeside(
  session: SqlSession,
  schema: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TableShape['columns']>> {
  const where = `n.nspname = ${literal(schema)}`;
  const shapes = await shapesWhere(where, session, signal);
  const names = await session.query(
    `SELECT c.oid, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE ${where}`,
    signal,
  );
  return new Map(
    names.flatMap(({ oid, name }) => {
      const shape = shapes.get(oid ?? '');
      return shape === undefined ? [] : [[name ?? '', shape.columns] as const];
    }),
  );
}

async function shapesWhere(
  where: string,
  session: SqlSession,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TableShape>> {
  const rows = await session.query(`${shapesSql} AND ${where}`, signal);
  return new Map(
    rows.map(({ oid, columns, bound, root_schema: schema, root }) => [
      oid ?? '',
      {
        columns: Columns.parse(JSON.parse(columns ?? '[]')),
        ...(schema && root ? { root: wordTable(schema, root) } : {}),
        ...(bound ? { bound } : {}),
      },
    ]),
  );
}

const Columns = z.array(
  z
    .object({ name: z.string(), type: z.string(), generated: z.boolean() })
    .transform(({ generated, ...column }) => (generated ? { ...column, generated } : column)),
);

const shapesSql = `SELECT c.oid, pg_get_expr(c.relpartbound, c.oid) AS bound,
    rn.nspname AS root_schema, r.relname AS root,
    (SELECT coalesce(json_agg(json_build_object('name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod), 'generated', a.attgenerated <> '')
        ORDER BY a.attnum), '[]')
      FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_class r ON c.relispartition AND r.oid = pg_partition_root(c.oid)
    LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
  WHERE c.relkind = 'r' AND c.relpersistence <> 't'`;
