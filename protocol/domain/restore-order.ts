import * as z from 'zod';

/**
 * What becomes of what came after the backup: dropped, kept, or not touched at all. `folder` absolute. `beside`: tables
 * of a database in a server, under names of their own in the live one.
 */
export const RestoreMode = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('replace') }),
  z.object({ kind: z.literal('merge') }),
  z.object({ kind: z.literal('elsewhere'), folder: z.string() }),
  z.object({ kind: z.literal('beside') }),
]);
export type RestoreMode = z.infer<typeof RestoreMode>;

/** Whether what is live is exchanged, so that a name has to be typed and there is a way back. */
export function isExchange(mode: RestoreMode | undefined): boolean {
  return mode?.kind !== 'elsewhere' && mode?.kind !== 'beside';
}

/** A value of a primary key as JSON has it: whole numbers past 2^53 as decimal text with `int`, bytes in base64. */
export const KeyValue = z.union([
  z.string(),
  z.number(),
  z.null(),
  z.object({ int: z.string() }).strict(),
  z.object({ base64: z.string() }).strict(),
]);
export type KeyValue = z.infer<typeof KeyValue>;

/** A table, or of it only the rows with these primary keys (values in the order of the key's columns). */
export const TablePart = z.object({
  table: z.string(),
  keys: z.array(z.array(KeyValue).readonly()).readonly().optional(),
});
export type TablePart = z.infer<typeof TablePart>;

/** What of one source comes back; all of it where neither `paths` nor `tables` is there. */
export const RestorePart = z.object({
  source: z.string(),
  /** Files or folders, inside the source, `/` between names. */
  paths: z.array(z.string()).readonly().optional(),
  tables: z.array(TablePart).readonly().optional(),
});
export type RestorePart = z.infer<typeof RestorePart>;

/** What a merge does to one table, counted before anything is written. `problem`: why it is refused. */
export const TableMerge = z.object({
  table: z.string(),
  /** Rows of the backup that are not live. */
  inserted: z.number(),
  /** Rows that are live with other content, and get the backup's. */
  overwritten: z.number(),
  /** Of those overwritten: the live row seems to be another thing that was given the same key since. */
  reusedKeys: z.number(),
  /** Of a table that comes back as a whole: live rows that the backup has not. */
  deleted: z.number().optional(),
  /** Rows that would point to rows which are nowhere. */
  orphans: z.number(),
  examples: z.array(z.string()).readonly(),
  problem: z.string().optional(),
});
export type TableMerge = z.infer<typeof TableMerge>;

/** What a merge or a partial restore does to one source. Files: members and bytes that come back. */
export const SourceMerge = z.object({
  source: z.string(),
  tables: z.array(TableMerge).readonly().optional(),
  files: z.object({ inserted: z.number(), overwritten: z.number(), bytes: z.number() }).optional(),
});
export type SourceMerge = z.infer<typeof SourceMerge>;
