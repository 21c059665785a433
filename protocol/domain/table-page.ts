import * as z from 'zod';
import { KeyValue } from './restore-order.ts';

/** A table of a backup's database, for a browser. */
export const TableListing = z.object({
  table: z.string(),
  rows: z.number(),
  columns: z.array(z.string()).readonly(),
  /** Columns of the key; none: its rows can't be picked, only all of it. */
  key: z.array(z.string()).readonly(),
  /** Why its rows can't be read; `rows` is 0 then. */
  problem: z.string().optional(),
});
export type TableListing = z.infer<typeof TableListing>;

/** A value as it is shown; `cut`: it is longer. Null: NULL. Bytes appear as hex digits. */
export const TableCell = z.union([
  z.null(),
  z.object({
    text: z.string(),
    kind: z.enum(['text', 'number', 'bytes']),
    cut: z.literal(true).optional(),
  }),
]);
export type TableCell = z.infer<typeof TableCell>;

export const TableRow = z.object({
  /** By it the row can be picked; absent: it has none, or one too long. */
  key: z.array(KeyValue).readonly().optional(),
  /** In the order of the listing's columns. */
  cells: z.array(TableCell).readonly(),
});
export type TableRow = z.infer<typeof TableRow>;

export const TablePage = z.object({
  rows: z.array(TableRow).readonly(),
  /** Where the next page goes on, opaque; absent: this is the last one. A page that searches may hold few rows or none. */
  next: z.array(KeyValue).readonly().optional(),
});
export type TablePage = z.infer<typeof TablePage>;
