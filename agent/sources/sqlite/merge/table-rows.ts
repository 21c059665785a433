import type Database from 'better-sqlite3';
import { quoted } from './sql-text.ts';

/** One table whose rows come back. */
export interface TableRows {
  readonly database: Database.Database;
  readonly table: string;
  /** Quoted, with its schema: the live table, and what the rows come from. */
  readonly live: string;
  readonly source: string;
  /** Columns of both. */
  readonly shared: readonly string[];
  /** Columns that only the live table has: rows that stay keep what is in them. */
  readonly added: readonly string[];
  readonly key: readonly string[];
  /** Set where rows have a number that is not their key: they keep it. */
  readonly rowName: string | undefined;
  readonly isNumbered: boolean;
  /** Live rows that the source has not go away. */
  readonly replaces: boolean;
}

export interface RowCounts {
  readonly inserted: number;
  readonly overwritten: number;
  readonly reusedKeys: number;
  readonly deleted: number;
  readonly examples: readonly string[];
}

/** Keys of the rows that are missing or different. Only keys: rows are read again where they lie. */
export const stale = 'temp."kedge stale"';
export function keyColumns(key: readonly string[]): readonly string[] {
  return key.map((_, at) => `k${at}`);
}

/** `b` is a row of the source, `x` its line in the list. */
export function sourceOfStale({ source, key }: Pick<TableRows, 'source' | 'key'>): string {
  const same = key.map((name, at) => `b.${quoted(name)} = x.k${at}`).join(' and ');
  return `${stale} x cross join ${source} b on ${same}`;
}
