import * as z from 'zod';
import { KedgeError } from '../../../../protocol/failures.ts';
import { productOf } from '../../../databases/mariadb/product.ts';
import { identifier } from '../../../databases/mariadb/quote.ts';
import type { SqlRow, SqlSession } from '../../../databases/sql-session.ts';
import { beforeOperation } from '../../../os/faults.ts';
import type { Orphans } from '../../dumps/table-merges.ts';
import { isIn, tablesIn } from '../list-objects.ts';
import { named } from '../rename-step.ts';
import { isMysql } from '../sessions.ts';

/** From one table of a database to another one of it, or to itself. */
export const ForeignKey = z.object({
  name: z.string(),
  table: z.string(),
  columns: z.array(z.string()).readonly(),
  parent: z.string(),
  parentColumns: z.array(z.string()).readonly(),
  /** Behind its name, as the server says it: "(`owner`) REFERENCES `owner` (`id`) ON DELETE CASCADE". */
  definition: z.string(),
  /** Of its own columns. */
  index: z.string().optional(),
});
export type ForeignKey = z.infer<typeof ForeignKey>;

export interface FoundKeys {
  readonly keys: readonly ForeignKey[];
  /** Those from or to another database, in words. */
  readonly abroad: readonly KeyAbroad[];
}

interface KeyAbroad {
  readonly name: string;
  /** Of the two the one in this database. */
  readonly table: string;
  readonly words: string;
}

/** From these tables of a database and to them. */
export async function readForeignKeys(
  session: SqlSession,
  database: string,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<FoundKeys> {
  const wanted = new Set(tables);
  const columns = await session.query(columnsSql(database), signal);
  const grouped = [...Map.groupBy(columns, keyOf).values()].filter(([row]) => {
    const [from, to] = [row?.['db'] === database, row?.['pdb'] === database];
    return (from && wanted.has(row?.['tab'] ?? '')) || (to && wanted.has(row?.['ptab'] ?? ''));
  });
  const isInside = ([row]: readonly SqlRow[]): boolean =>
    row?.['db'] === database && row['pdb'] === database;
  const inside = grouped.filter(isInside);
  const children = new Set(inside.map(([row]) => row?.['tab'] ?? ''));
  const definitions = await definitionsOf(session, database, [...children], signal);
  return {
    keys: inside.map((rows) => keyIn(session, rows, definitions)),
    abroad: grouped.filter((rows) => !isInside(rows)).map(([row = {}]) => abroad(row, database)),
  };
}

interface Defined {
  readonly definition: string;
  /** How its table is made. */
  readonly made: string;
}

/** A rule that nobody wrote, and one that says the same, are told apart only here. */
async function definitionsOf(
  session: SqlSession,
  database: string,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Defined>> {
  const found = new Map<string, Defined>();
  for (const table of tables) {
    const [row = {}] = await session.query(`SHOW CREATE TABLE ${named(database, table)}`, signal);
    const made = row['Create Table'] ?? '';
    const lines = made.matchAll(/^ {2}CONSTRAINT `((?:[^`]|``)+)` FOREIGN KEY (\(.*?),?$/gm);
    for (const [, name = '', definition = ''] of lines)
      found.set(JSON.stringify([table, name.replaceAll('``', '`')]), { definition, made });
  }
  return found;
}

const columnsSql = (database: string): string =>
  `SELECT constraint_schema AS db, constraint_name AS fk, table_name AS tab, column_name AS col,
     referenced_table_schema AS pdb, referenced_table_name AS ptab, referenced_column_name AS pcol
   FROM information_schema.key_column_usage WHERE referenced_table_name IS NOT NULL
     AND ((${isIn('table_schema', database)}) OR (${isIn('referenced_table_schema', database)}))
   ORDER BY 1, 3, 2, ordinal_position`;

const keyOf = (row: SqlRow = {}): string => JSON.stringify([row['db'], row['tab'], row['fk']]);

function keyIn(
  session: SqlSession,
  rows: readonly SqlRow[],
  definitions: ReadonlyMap<string, Defined>,
): ForeignKey {
  const [first = {}] = rows;
  const { fk, tab, ptab } = first;
  const defined = definitions.get(JSON.stringify([tab, fk]));
  if (defined === undefined) {
    const why = `how the foreign key "${fk}" of table "${tab}" is made can't be read`;
    throw new KedgeError('database-failed', { product: productOf(session), why });
  }
  const columns = rows.map(({ col }) => col ?? '');
  const index = indexFor(columns, defined);
  return {
    ...{ name: fk ?? '', table: tab ?? '', parent: ptab ?? '', columns },
    definition: defined.definition,
    ...(index === undefined ? {} : { index }),
    parentColumns: rows.map(({ pcol }) => pcol ?? ''),
  };
}

/** Also one that a server made by itself for the key. */
export function indexFor(
  columns: readonly string[],
  { made }: Pick<Defined, 'made'>,
): string | undefined {
  const listed = columns.map(identifier).join(',');
  const indexes = made.split('\n').flatMap((line) => {
    const [, name, of = ''] = /^ {2}(?:UNIQUE )?KEY `((?:[^`]|``)+)` \((.*)/.exec(line) ?? [];
    if (name === undefined || !of.startsWith(listed)) return [];
    return [{ name: name.replaceAll('``', '`'), rest: of.slice(listed.length) }];
  });
  const same = indexes.find(({ rest }) => rest.startsWith(')'));
  return (same ?? indexes.find(({ rest }) => rest.startsWith(',')))?.name;
}

function abroad({ db, fk, tab, pdb, ptab }: SqlRow, database: string): KeyAbroad {
  const words = `the foreign key "${fk}" of "${db}.${tab}" leads to "${pdb}.${ptab}" in another database`;
  return { name: fk ?? '', table: (db === database ? tab : ptab) ?? '', words };
}

/** Away for a while: they hold a table by its name, wherever that is. */
export async function dropKeys(
  session: SqlSession,
  database: string,
  keys: readonly ForeignKey[],
  signal: AbortSignal,
): Promise<void> {
  for (const [table, of] of Map.groupBy(keys, (key) => key.table)) {
    beforeOperation('drop foreign keys', table);
    const words = of.map(({ name }) => `DROP FOREIGN KEY ${identifier(name)}`).join(', ');
    await session.query(`ALTER TABLE ${named(database, table)} ${words}`, signal);
  }
}

/** As they were, but for a look at the rows, which would copy the table: `findOrphans` looks at them. */
export async function addKeys(
  session: SqlSession,
  database: string,
  keys: readonly ForeignKey[],
  signal: AbortSignal,
): Promise<void> {
  await session.query(`USE ${identifier(database)}`, signal);
  await session.query('SET SESSION foreign_key_checks = 0', signal);
  for (const [table, of] of Map.groupBy(keys, (key) => key.table)) {
    beforeOperation('add foreign keys', table);
    const words = of.map((key) => addWords(session, key)).join(', ');
    await session.query(`ALTER TABLE ${named(database, table)} ${words}`, signal);
  }
  await session.query('SET SESSION foreign_key_checks = 1', signal);
}

/**
 * An index that the server has made by itself for the key would be made anew under the name of the key. Of MariaDB the
 * name behind CONSTRAINT is that of the index where there are two. Source: sql/sql_yacc.yy, `opt_constraint FOREIGN`.
 */
function addWords(session: SqlSession, { name, definition, index }: ForeignKey): string {
  if (index === undefined || isMysql(session))
    return `ADD CONSTRAINT ${identifier(name)} FOREIGN KEY ${definition}`;
  return `ADD CONSTRAINT ${identifier(index)} FOREIGN KEY ${identifier(name)} ${definition}`;
}

/** Those that are not there. */
export async function missingKeys(
  session: SqlSession,
  database: string,
  keys: readonly ForeignKey[],
  signal: AbortSignal,
): Promise<readonly ForeignKey[]> {
  const found = await readForeignKeys(
    session,
    database,
    keys.map(({ table }) => table),
    signal,
  );
  const there = new Set(found.keys.map(({ table, name }) => JSON.stringify([table, name])));
  return keys.filter(({ table, name }) => !there.has(JSON.stringify([table, name])));
}

/** Those to which the live rows do not hold, as somebody wrote them without a check. */
export async function brokenKeys(
  session: SqlSession,
  database: string,
  keys: readonly ForeignKey[],
  signal: AbortSignal,
): Promise<readonly ForeignKey[]> {
  const there = new Set(await tablesIn(session, database, signal));
  const broken: ForeignKey[] = [];
  for (const key of keys) {
    const at = (table: string): string => named(database, table);
    const isWhole = there.has(key.parent);
    if (!isWhole || (await findOrphans(session, key, at, signal)) !== undefined) broken.push(key);
  }
  return broken;
}

const examplesAtMost = 3;

/** Rows that point nowhere. `at`: where a table is, for SQL; another place than its own for one that is only coming. */
export async function findOrphans(
  session: SqlSession,
  key: ForeignKey,
  at: (table: string) => string,
  signal: AbortSignal,
): Promise<Orphans | undefined> {
  const { table, parent, columns, parentColumns } = key;
  const filled = columns.map((name) => `c.${identifier(name)} IS NOT NULL`).join(' AND ');
  const same = columns
    .map((name, n) => `p.${identifier(parentColumns[n] ?? '')} = c.${identifier(name)}`)
    .join(' AND ');
  const from = `FROM ${at(table)} c WHERE ${filled}
    AND NOT EXISTS (SELECT 1 FROM ${at(parent)} p WHERE ${same})`;
  const [counted] = await session.query(`SELECT COUNT(*) AS total ${from}`, signal);
  const count = Number(counted?.['total'] ?? 0);
  if (count === 0) return undefined;
  const shown = columns.map((name) => `CAST(c.${identifier(name)} AS CHAR)`).join(', ');
  const found = await session.query(
    `SELECT DISTINCT CONCAT_WS(', ', ${shown}) AS shown ${from} ORDER BY 1 LIMIT ${examplesAtMost}`,
    signal,
  );
  const names = columns.join(', ');
  return { table, parent, count, examples: found.map(({ shown: key }) => `${names} ${key}`) };
}
