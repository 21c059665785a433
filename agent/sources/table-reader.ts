import type { KeyValue } from '../../protocol/domain/restore-order.ts';
import type { TableListing, TablePage } from '../../protocol/domain/table-page.ts';

export interface PageOrder {
  /** `next` of the page before. */
  readonly after?: readonly KeyValue[] | undefined;
  readonly limit: number;
  /** Rows that hold this text in any column; the case of the letters a to z does not count. */
  readonly search?: string | undefined;
}

/** For a browser over a copy of a backup's database that nobody else has open. */
export interface TableReader {
  readonly listTables: (path: string) => readonly TableListing[];
  readonly readRows: (path: string, table: string, order: PageOrder) => TablePage;
}
