import { identifier, literal } from '../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { CodeObject } from './code-object.ts';

/** Its own, beside what it keeps; part of no database. */
export const ownTables = { code: '__kedge_code', came: '__kedge_came' } as const;

/** Names in `information_schema` are compared without regard to case; those of databases differ by it. */
export function isIn(column: string, database: string): string {
  return `${column} = ${literal(database)} AND BINARY ${column} = ${literal(database)}`;
}

export async function isThere(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<boolean> {
  const where = isIn('schema_name', database);
  const sql = `SELECT 1 FROM information_schema.schemata WHERE ${where}`;
  return (await session.query(sql, signal)).length > 0;
}

/**
 * Why a name is not that of its database, though the server takes it for that: one that knows no capitals lists it in
 * others, and there it would have nothing in it.
 */
export async function whyOtherwiseNamed(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [row] = await session.query(
    `SELECT @@lower_case_table_names AS how, (SELECT MIN(schema_name)
       FROM information_schema.schemata WHERE LOWER(schema_name) = LOWER(${literal(database)})) AS found`,
    signal,
  );
  if (row?.['how'] === '0') return undefined;
  const name = row?.['found'] ?? (row?.['how'] === '1' ? database.toLowerCase() : database);
  if (name === database) return undefined;
  return `this server tells no capitals from small letters: its database is called "${name}", so write it like that instead of "${database}"`;
}

/** Tables and sequences: all that a rename moves to another database. Kedge's own ones too. */
export async function tablesIn(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT table_name AS name FROM information_schema.tables WHERE ${isIn('table_schema', database)}
       AND table_type IN ('BASE TABLE', 'SEQUENCE', 'SYSTEM VERSIONED') ORDER BY table_name`,
    signal,
  );
  return rows.flatMap(({ name }) => name ?? []);
}

export async function viewsIn(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE ${isIn('table_schema', database)} AND table_type = 'VIEW' ORDER BY 1`,
    signal,
  );
  return rows.flatMap(({ name }) => name ?? []);
}

/** Those of `tablesIn` without Kedge's own. */
export async function theirTables(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const own: ReadonlySet<string> = new Set(Object.values(ownTables));
  return (await tablesIn(session, database, signal)).filter((name) => !own.has(name));
}

export type CodeName = Pick<CodeObject, 'kind' | 'name' | 'table'>;

/** In the order in which they can be dropped: what calls others first. */
export async function codeIn(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<readonly CodeName[]> {
  const ask = async (sql: string) => await session.query(sql, signal);
  const events = await ask(
    `SELECT event_name AS name FROM information_schema.events
     WHERE ${isIn('event_schema', database)} ORDER BY 1`,
  );
  const triggers = await ask(
    `SELECT trigger_name AS name, event_object_table AS tab FROM information_schema.triggers
     WHERE ${isIn('trigger_schema', database)}
     ORDER BY event_object_table, action_timing, event_manipulation, action_order`,
  );
  const views = await viewsIn(session, database, signal);
  const routines = await ask(
    `SELECT routine_name AS name, routine_type AS kind FROM information_schema.routines
     WHERE ${isIn('routine_schema', database)}
     ORDER BY routine_type = 'PACKAGE', routine_type, routine_name`,
  );
  const named = (kind: CodeName['kind']) => (row: (typeof events)[number]) => ({
    kind,
    name: row['name'] ?? '',
    ...(row['tab'] === undefined || row['tab'] === null ? {} : { table: row['tab'] }),
  });
  return [
    ...events.map(named('event')),
    ...triggers.map(named('trigger')),
    ...views.map((name) => ({ kind: 'view' as const, name })),
    ...routines.map((row) => named(routineKind(row['kind']))(row)),
  ];
}

function routineKind(type: string | null | undefined): CodeName['kind'] {
  switch (type) {
    case 'FUNCTION':
      return 'function';
    case 'PACKAGE':
      return 'package';
    case 'PACKAGE BODY':
      return 'package body';
    default:
      return 'procedure';
  }
}

/** `PROCEDURE \`clinic\`.\`bill\`` */
export function nameOf({ kind, name }: CodeName, database: string): string {
  return `${kind.toUpperCase()} ${identifier(database)}.${identifier(name)}`;
}
