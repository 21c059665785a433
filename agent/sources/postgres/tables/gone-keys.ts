import { identifier, literal } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import type { Orphans } from '../../dumps/table-merges.ts';
import type { GoneKey, GoneTable, TableName } from './gone-table.ts';

/** What becomes of the foreign keys of tables that come back though none was live. */
export interface GoneKeys {
  readonly possible: readonly GoneKey[];
  /** Of other tables, with why: they are not made again. */
  readonly lost: readonly { readonly key: GoneKey; readonly why: string }[];
  /** Of the tables themselves: where these lead must be there. */
  readonly missing: readonly GoneKey[];
  readonly orphans: readonly Orphans[];
}

/** An operator of a type from an extension is wherever that is. */
const allSchemasSql = `SELECT set_config('search_path', 'pg_catalog, ' || string_agg(quote_ident(nspname), ', ' ORDER BY nspname), true)
  FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname !~ '__kedge_'`;

/**
 * Looks at all of them when the tables stand under their own names. `beside`: in whose place rows stand elsewhere yet, by the
 * quoted name.
 */
export async function sortKeys(
  session: SqlSession,
  gone: readonly GoneTable[],
  beside: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<GoneKeys> {
  const coming = new Set(gone.map(({ then }) => then.table));
  const keys = new Map(gone.flatMap((table) => table.keys.map((key) => [key.sql[0], key])));
  const [possible, lost, missing, orphans]: [
    GoneKey[],
    { key: GoneKey; why: string }[],
    GoneKey[],
    Orphans[],
  ] = [[], [], [], []];
  await session.query(allSchemasSql, signal);
  for (const key of keys.values()) {
    const isOwn = coming.has(key.from.table);
    const why = await whyNot(session, key, signal);
    const found = why === undefined ? await orphansOf(session, key, beside, signal) : undefined;
    if (why === 'gone') missing.push(...(isOwn ? [key] : []));
    else if (why !== undefined) lost.push({ key, why });
    else if (found === undefined) possible.push(key);
    else if (isOwn) orphans.push(found);
    else lost.push({ key, why: `${found.count} of its rows would point nowhere` });
  }
  await session.query('SET LOCAL search_path = pg_catalog', signal);
  return { possible, lost, missing, orphans };
}

export function wordLost({ key, why }: GoneKeys['lost'][number]): string {
  return `the foreign key "${key.name}" of table "${key.from.table}" does not come back: ${why}`;
}

const quotedOf = ({ schema, name }: TableName): string =>
  `${identifier(schema)}.${identifier(name)}`;

async function whyNot(
  session: SqlSession,
  { from, to, columns, name }: GoneKey,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (columns.from.length === 0) return 'Kedge does not know what it says';
  const ends = [
    [from, columns.from],
    [to, columns.to],
  ] as const;
  for (const [end, wanted] of ends) {
    const quoted = literal(quotedOf(end));
    const rows = await session.query(
      `SELECT a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.oid = to_regclass(${quoted}) AND c.relkind IN ('r', 'p') AND NOT a.attisdropped`,
      signal,
    );
    if (rows.length === 0) return 'gone';
    const known = new Set(rows.map((row) => row['name']));
    const [lacks] = wanted.filter((column) => !known.has(column));
    if (lacks !== undefined) return `"${end.table}" has no column "${lacks}" any more`;
  }
  const same = `SELECT pg_get_constraintdef(oid) AS is FROM pg_constraint
    WHERE conrelid = ${literal(quotedOf(from))}::regclass AND conname = ${literal(name)}`;
  return (await session.query(same, signal)).length === 0
    ? undefined
    : `it has a constraint of that name`;
}

const examplesAtMost = 3;

async function orphansOf(
  session: SqlSession,
  { from, to, columns, sql }: GoneKey,
  beside: ReadonlyMap<string, string>,
  signal: AbortSignal,
): Promise<Orphans | undefined> {
  if (/ NOT VALID;?\s*$/.test(sql[0] ?? '')) return undefined;
  const at = (end: TableName): string => beside.get(quotedOf(end)) ?? quotedOf(end);
  const mine = columns.from.map((name) => `c.${identifier(name)}`);
  const same = columns.to.map((name, n) => `p.${identifier(name)} = ${mine[n]}`).join(' AND ');
  const filled = mine.map((name) => `${name} IS NOT NULL`).join(' AND ');
  const shown = mine.map((name) => `${name}::text`).join(', ');
  const found = await session.query(
    `SELECT concat_ws(', ', ${shown}) AS key, sum(count(*)) OVER () AS total FROM ${at(from)} c
     WHERE ${filled} AND NOT EXISTS (SELECT FROM ${at(to)} p WHERE ${same})
     GROUP BY 1 ORDER BY 1 LIMIT ${examplesAtMost}`,
    signal,
  );
  const [first] = found;
  if (first === undefined) return undefined;
  const names = columns.from.join(', ');
  const examples = found.map(({ key }) => `${names} ${key}`);
  return { table: from.table, parent: to.table, count: Number(first['total'] ?? 0), examples };
}
