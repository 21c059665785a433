import * as z from 'zod';
import { identifier, literal } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import type { Orphans } from '../../dumps/table-merges.ts';
import { wordTable } from '../count-tables.ts';

/** A table that a foreign key begins or ends at: of a partitioned one the partitions, which hold the rows. */
const End = z
  .object({
    schema: z.string(),
    name: z.string(),
    quoted: z.string(),
    isOurs: z.boolean(),
    owner: z.string(),
    columns: z.array(z.string()),
    parts: z.array(z.object({ oid: z.string(), quoted: z.string() })),
  })
  .transform((end) => ({ ...end, table: wordTable(end.schema, end.name) }));
type End = z.infer<typeof End>;

/** A foreign key from or to a table that is exchanged, where it was declared. */
const ForeignKey = z.object({
  name: z.string(),
  /** `FOREIGN KEY (owner) REFERENCES public.owner(id) ON DELETE CASCADE`. */
  definition: z.string(),
  comment: z.string().nullable(),
  /** What is live holds to it. */
  isValid: z.boolean(),
  /** Schema and name of the operator that compares a column there with one here. */
  operators: z.array(z.string()),
  from: End,
  to: End,
});
export type ForeignKey = z.infer<typeof ForeignKey>;

/** Of all tables with these numbers, each once. */
export async function readForeignKeys(
  session: SqlSession,
  oids: readonly string[],
  signal: AbortSignal,
): Promise<readonly ForeignKey[]> {
  const rows = await session.query(keysSql(oids), signal);
  return rows.map(({ key }) => ForeignKey.parse(JSON.parse(key ?? '')));
}

/** Away for a while: they would delete rows of other tables, and refuse rows that come before others. */
export function dropWords(keys: readonly ForeignKey[]): readonly string[] {
  return keys.map(
    ({ name, from }) => `ALTER TABLE ${from.quoted} DROP CONSTRAINT ${identifier(name)}`,
  );
}

/** As they were; the server looks at all rows again. */
export function addWords(keys: readonly ForeignKey[]): readonly string[] {
  return keys.flatMap(({ name, from, definition, comment }) => [
    `ALTER TABLE ${from.quoted} ADD CONSTRAINT ${identifier(name)} ${definition}`,
    ...(comment === null
      ? []
      : [`COMMENT ON CONSTRAINT ${identifier(name)} ON ${from.quoted} IS ${literal(comment)}`]),
  ]);
}

const examplesAtMost = 3;

/** Rows that would point nowhere when the tables in `beside` (by number) have taken the place of the live ones. */
export async function findOrphans(
  session: SqlSession,
  { from, to, operators }: ForeignKey,
  beside: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Orphans | undefined> {
  const rowsOf = (end: End): string =>
    end.parts
      .map(({ oid, quoted }) => {
        const columns = end.columns.map((name, n) => `${identifier(name)} AS k${n}`).join(', ');
        return `SELECT ${columns} FROM ${beside.get(oid) ?? `ONLY ${quoted}`}`;
      })
      .join(' UNION ALL ');
  const filled = from.columns.map((_, n) => `c.k${n} IS NOT NULL`).join(' AND ');
  const same = operators.map((operator, n) => `p.k${n} ${operator} c.k${n}`).join(' AND ');
  const shown = from.columns.map((_, n) => `c.k${n}::text`).join(', ');
  const sql = `SELECT concat_ws(', ', ${shown}) AS key, count(*) AS rows, sum(count(*)) OVER () AS total
    FROM (${rowsOf(from)}) c
    WHERE ${filled} AND NOT EXISTS (SELECT FROM (${rowsOf(to)}) p WHERE ${same})
    GROUP BY 1 ORDER BY 1 LIMIT ${examplesAtMost}`;
  const found = await session.query(sql, signal);
  const [first] = found;
  if (first === undefined) return undefined;
  const columns = from.columns.join(', ');
  return {
    table: from.table,
    parent: to.table,
    count: Number(first['total'] ?? 0),
    examples: found.map(({ key }) => `${columns} ${key}`),
  };
}

/** Those of partitions are made with the one of the partitioned table, so that one is taken. */
function keysSql(oids: readonly string[]): string {
  return `WITH RECURSIVE touched AS (
      SELECT oid, conparentid FROM pg_constraint
        WHERE contype = 'f' AND (conrelid IN (${oids.join(', ')}) OR confrelid IN (${oids.join(', ')}))
      UNION SELECT p.oid, p.conparentid FROM pg_constraint p JOIN touched t ON p.oid = t.conparentid)
    SELECT json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid),
      'comment', obj_description(k.oid, 'pg_constraint'), 'isValid', k.convalidated,
      'operators', (SELECT json_agg(format('OPERATOR(%I.%s)', s.nspname, o.oprname) ORDER BY u.n)
        FROM unnest(k.conpfeqop) WITH ORDINALITY u(op, n) JOIN pg_operator o ON o.oid = u.op
        JOIN pg_namespace s ON s.oid = o.oprnamespace),
      'from', ${endSql('k.conrelid', 'k.conkey')}, 'to', ${endSql('k.confrelid', 'k.confkey')}) AS key
    FROM pg_constraint k WHERE k.oid IN (SELECT oid FROM touched WHERE conparentid = 0)
    ORDER BY k.conrelid, k.conname`;
}

function endSql(relation: string, columns: string): string {
  return `(SELECT json_build_object('schema', s.nspname, 'name', r.relname,
      'quoted', format('%I.%I', s.nspname, r.relname),
      'isOurs', pg_has_role(r.relowner, 'USAGE'), 'owner', pg_get_userbyid(r.relowner),
      'columns', (SELECT json_agg(a.attname ORDER BY u.n) FROM unnest(${columns}) WITH ORDINALITY u(att, n)
        JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = u.att),
      'parts', CASE r.relkind WHEN 'p' THEN (SELECT coalesce(json_agg(json_build_object(
          'oid', l.oid::text, 'quoted', format('%I.%I', ls.nspname, l.relname)) ORDER BY l.oid), '[]')
        FROM pg_partition_tree(r.oid) t JOIN pg_class l ON l.oid = t.relid AND t.isleaf
          JOIN pg_namespace ls ON ls.oid = l.relnamespace)
        ELSE json_build_array(json_build_object('oid', r.oid::text,
          'quoted', format('%I.%I', s.nspname, r.relname))) END)
    FROM pg_class r JOIN pg_namespace s ON s.oid = r.relnamespace WHERE r.oid = ${relation})`;
}
