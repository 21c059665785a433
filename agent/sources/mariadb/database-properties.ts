import * as z from 'zod';
import { identifier, literal } from '../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { isIn } from './list-objects.ts';
import { isMysql } from './sessions.ts';

/** What belongs to a database itself. */
export const DatabaseProperties = z.object({
  charset: z.string(),
  collation: z.string(),
  /** MySQL has none. */
  comment: z.string().optional(),
});
export type DatabaseProperties = z.infer<typeof DatabaseProperties>;

/** Undefined: there is no such database. */
export async function propertiesOf(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<DatabaseProperties | undefined> {
  const comment = hasComments(session) ? 'schema_comment' : `''`;
  const [row] = await session.query(
    `SELECT default_character_set_name AS cs, default_collation_name AS co, ${comment} AS comment
     FROM information_schema.schemata WHERE ${isIn('schema_name', database)}`,
    signal,
  );
  if (row === undefined) return undefined;
  const { cs, co, comment: said } = row;
  return { charset: cs ?? '', collation: co ?? '', ...(said ? { comment: said } : {}) };
}

/** MariaDB from 10.5 on. */
function hasComments(session: SqlSession): boolean {
  const [major = 0, minor = 0] = session.version.split('.').map(Number);
  return !isMysql(session) && (major > 10 || (major === 10 && minor >= 5));
}

/** As CREATE and ALTER DATABASE take it. */
function described(
  session: SqlSession,
  database: string,
  { charset, collation, comment = '' }: DatabaseProperties,
): string {
  const words = `${identifier(database)} CHARACTER SET ${literal(charset)} COLLATE ${literal(collation)}`;
  return hasComments(session) ? `${words} COMMENT ${literal(comment)}` : words;
}

export async function createDatabase(
  session: SqlSession,
  database: string,
  properties: DatabaseProperties,
  signal: AbortSignal,
): Promise<void> {
  await session.query(`CREATE DATABASE ${described(session, database, properties)}`, signal);
}

export async function alterDatabase(
  session: SqlSession,
  database: string,
  properties: DatabaseProperties,
  signal: AbortSignal,
): Promise<void> {
  await session.query(`ALTER DATABASE ${described(session, database, properties)}`, signal);
}
