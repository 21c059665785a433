import * as z from 'zod';
import { identifier, literal } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import type { ForeignKey } from './foreign-keys.ts';

const NotedTable = z.object({
  /** "public.visit". */
  table: z.string(),
  schema: z.string(),
  name: z.string(),
});
export type NotedTable = z.infer<typeof NotedTable>;

const NotedKey = z.object({ table: z.string(), name: z.string(), sql: z.array(z.string()) });
export type NotedKey = z.infer<typeof NotedKey>;

/** What a schema beside the live tables holds but rows of them. */
export const ExchangeNotes = z.object({
  /** Whole tables, under their own names, which were not live. */
  comes: z.array(NotedTable).readonly(),
  /** Tables that were not there: where this comes back they go. */
  absent: z.array(NotedTable).readonly(),
  /** Foreign keys of all these, and to them. */
  keys: z.array(NotedKey).readonly(),
});
export type ExchangeNotes = z.infer<typeof ExchangeNotes>;

const none: ExchangeNotes = { comes: [], absent: [], keys: [] };
const notesName = 'kedge_notes';

/** Nothing where there are none: only rows are exchanged. */
export async function readNotes(
  session: SqlSession,
  schema: string,
  signal: AbortSignal,
): Promise<ExchangeNotes> {
  const table = `${identifier(schema)}.${notesName}`;
  const there = `SELECT FROM pg_class WHERE oid = to_regclass(${literal(table)})`;
  if ((await session.query(there, signal)).length === 0) return none;
  const [row] = await session.query(`SELECT notes FROM ${table}`, signal);
  return ExchangeNotes.parse(JSON.parse(row?.['notes'] ?? ''));
}

export async function writeNotes(
  session: SqlSession,
  schema: string,
  notes: ExchangeNotes,
  signal: AbortSignal,
): Promise<void> {
  if (notes.comes.length + notes.absent.length === 0) return;
  const table = `${identifier(schema)}.${notesName}`;
  await session.query(`CREATE TABLE ${table} (notes text)`, signal);
  await session.query(`INSERT INTO ${table} VALUES (${literal(JSON.stringify(notes))})`, signal);
}

/** A live one, with what makes it again. */
export function notedKey({ name, from, definition, comment }: ForeignKey): NotedKey {
  const key = identifier(name);
  const sql = [
    `ALTER TABLE ${from.quoted} ADD CONSTRAINT ${key} ${definition}`,
    ...(comment === null
      ? []
      : [`COMMENT ON CONSTRAINT ${key} ON ${from.quoted} IS ${literal(comment)}`]),
  ];
  return { table: from.table, name, sql };
}
