import { identifier } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { type LiveTable, writtenColumns } from './live-tables.ts';

/** The schema of a session's own tables, which go with its transaction. */
export const temporarySchema = 'pg_temp';

/** In a schema that holds tables beside the live ones each is known by its place among them. */
export function nameAt(index: number): string {
  return `t${index + 1}`;
}

export function besideName(schema: string, index: number): string {
  return `${identifier(schema)}.${nameAt(index)}`;
}

/**
 * An empty table for rows of a live one. `checked`: what the live one refuses (a double key, a value out of bounds) it
 * refuses too. Without, rows that are live come in whatever they are.
 */
export async function makeBeside(
  session: SqlSession,
  name: string,
  live: Pick<LiveTable, 'quoted'>,
  checked: boolean,
  signal: AbortSignal,
): Promise<void> {
  const like = checked ? ['GENERATED', 'CONSTRAINTS', 'INDEXES'] : ['GENERATED'];
  const including = like.map((what) => `INCLUDING ${what}`).join(' ');
  await session.query(`CREATE TABLE ${name} (LIKE ${live.quoted} ${including})`, signal);
}

/** Columns of rows, for SQL: `"a", "b"`, of the table `of`. Of a table without columns nothing. */
export function listed(table: Pick<LiveTable, 'columns'>, of?: string): string {
  const before = of === undefined ? '' : `${of}.`;
  return writtenColumns(table)
    .map((name) => before + identifier(name))
    .join(', ');
}

/** What is in a row, byte for byte: some types know of no equality. Source: PostgreSQL manual, 9.25.6. */
export function imageOf(table: Pick<LiveTable, 'columns'>, of: string): string {
  return `ROW(${listed(table, of)})::record`;
}

/** Rows of both with the same key. */
export function sameKey({ key }: Pick<LiveTable, 'key'>, one: string, other: string): string {
  return key
    .map(({ name, operator }) => {
      const column = identifier(name);
      return `${one}.${column} ${operator} ${other}.${column}`;
    })
    .join(' AND ');
}
