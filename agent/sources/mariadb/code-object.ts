import * as z from 'zod';

/** Views, and what runs in a server: all that belongs to a database by its name, and that no table takes along. */
export const CodeObject = z.object({
  kind: z.enum(['procedure', 'function', 'package', 'package body', 'view', 'trigger', 'event']),
  name: z.string(),
  /** Of a trigger. */
  table: z.string().optional(),
  /** As the server says it would be made again. */
  sql: z.string(),
  /** That must hold while it is made, as they stay with it. */
  charset: z.string(),
  collation: z.string(),
  /** Not of a view. */
  mode: z.string().optional(),
  databaseCollation: z.string().optional(),
  /** Of an event. */
  timeZone: z.string().optional(),
  /** Of a view. */
  columns: z.array(z.string()).readonly().optional(),
  /** A view that names what is not there, so that no server makes it again. */
  isBroken: z.literal(true).optional(),
  /** A view that could not be made beside the live database: where it can't be made in it either, it is left out. */
  isDoubtful: z.literal(true).optional(),
});
export type CodeObject = z.infer<typeof CodeObject>;

/** For the eye: `view "v_visits"`. */
export function wordCode({ kind, name }: Pick<CodeObject, 'kind' | 'name'>): string {
  return `${kind} "${name}"`;
}

/** Tells those of one database apart. */
export function codeKey({ kind, name }: Pick<CodeObject, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}
