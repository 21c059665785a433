import * as z from 'zod';
import { identifier } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { wordTable } from '../count-tables.ts';
import { readShapes, type TableShape } from './table-shape.ts';

/** A column by which rows are told apart, with the operator that its index finds equal ones by. */
const KeyColumn = z.object({ name: z.string(), operator: z.string() });
export type KeyColumn = z.infer<typeof KeyColumn>;

/** A table of the live database as it is now. */
export interface LiveTable extends TableShape {
  readonly oid: string;
  /** "public.visit". */
  readonly table: string;
  /** For SQL. */
  readonly quoted: string;
  /** Its primary key, or what is as good as one; empty: it has none. */
  readonly key: readonly KeyColumn[];
  readonly owner: string;
  /** Whether Kedge's role may change what belongs to its owner. */
  readonly isOurs: boolean;
  /** About, on the server's disk, with its indexes. */
  readonly bytes: number;
}

/** All that hold rows themselves, by name. */
export async function readLiveTables(
  session: SqlSession,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, LiveTable>> {
  const shapes = await readShapes(session, signal);
  const rows = await session.query(tablesSql, signal);
  return new Map(
    rows.flatMap(({ oid, schema, name, owner, ours, bytes, key }) => {
      const shape = shapes.get(oid ?? '');
      if (shape === undefined) return [];
      const table = wordTable(schema ?? '', name ?? '');
      const live: LiveTable = {
        ...shape,
        oid: oid ?? '',
        table,
        quoted: `${identifier(schema ?? '')}.${identifier(name ?? '')}`,
        key: z.array(KeyColumn).parse(JSON.parse(key ?? '[]')),
        owner: owner ?? '',
        isOurs: ours === 't',
        bytes: Number(bytes ?? 0),
      };
      return [[table, live] as const];
    }),
  );
}

/** Names of columns that rows are written with. */
export function writtenColumns({ columns }: Pick<TableShape, 'columns'>): readonly string[] {
  return columns.flatMap(({ name, generated }) => (generated === true ? [] : [name]));
}

/** Sizes are not asked of the files: that waits for whoever has locked one. */
const tablesSql = `SELECT c.oid, n.nspname AS schema, c.relname AS name,
    pg_get_userbyid(c.relowner) AS owner, pg_has_role(c.relowner, 'USAGE') AS ours,
    current_setting('block_size')::int * (c.relpages::bigint + (SELECT coalesce(sum(x.relpages), 0)
      FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid WHERE i.indrelid = c.oid)) AS bytes,
    (SELECT json_agg(json_build_object('name', a.attname, 'operator',
        format('OPERATOR(%I.%s)', o.nspname, p.oprname)) ORDER BY k.n)
      FROM pg_index i, unnest(i.indkey, i.indclass) WITH ORDINALITY k(attnum, opclass, n)
        JOIN pg_opclass q ON q.oid = k.opclass
        JOIN pg_amop m ON m.amopfamily = q.opcfamily AND m.amopstrategy = 3
          AND m.amoplefttype = q.opcintype AND m.amoprighttype = q.opcintype
        JOIN pg_operator p ON p.oid = m.amopopr JOIN pg_namespace o ON o.oid = p.oprnamespace,
        pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum = k.attnum AND k.n <= i.indnkeyatts
        AND i.indexrelid = (SELECT x.indexrelid FROM pg_index x
          WHERE x.indrelid = c.oid AND x.indisunique AND x.indisvalid
            AND x.indpred IS NULL AND x.indexprs IS NULL
            AND NOT EXISTS (SELECT FROM pg_attribute b WHERE b.attrelid = c.oid
              AND b.attnum = ANY (x.indkey) AND NOT b.attnotnull)
          ORDER BY x.indisprimary DESC, x.indexrelid LIMIT 1)) AS key
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND c.relpersistence <> 't'`;
