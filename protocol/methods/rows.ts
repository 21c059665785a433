import * as z from 'zod';
import { KeyValue } from '../domain/restore-order.ts';
import { Secrets } from '../domain/secrets.ts';
import { TableListing, TablePage } from '../domain/table-page.ts';
import { reading } from '../method.ts';
import { BackupReference } from './backup.ts';

/** The tables of a backup's database, or a page of one of them. */
export const BackupRows = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tables'), tables: z.array(TableListing).readonly() }),
  z.object({ kind: z.literal('rows'), table: TableListing, page: TablePage }),
]);
export type BackupRows = z.infer<typeof BackupRows>;

/**
 * Rows of a source that is a database, out of a backup; without `table` its tables. The first answer takes as long
 * as unpacking the database does, later ones read what was unpacked. Fails with no-space where it would not fit.
 */
export const backupRows = reading(
  'backup.rows',
  'admin',
  z.object({
    backup: BackupReference,
    source: z.string().min(1),
    table: z.string().optional(),
    /** `next` of the page before. */
    after: z.array(KeyValue).max(2000).readonly().optional(),
    limit: z.int().min(1).max(500),
    /** Only rows that hold this text in any column; the case of a to z does not count. */
    search: z.string().min(1).max(200).optional(),
    secrets: Secrets.optional(),
  }),
  BackupRows,
);
