import type { TableChange } from '../../../protocol/domain/restore.ts';
import type { TableMerge } from '../../../protocol/domain/restore-order.ts';

/** What the rows beside a live table would change in it. */
export interface RowDifference {
  readonly besideRows: number;
  readonly liveRows: number;
  /** Only beside. */
  readonly inserted: number;
  /** Other content under the same key. */
  readonly overwritten: number;
  /** Only live. */
  readonly deleted: number;
}

/** Rows of a table that would point to none. */
export interface Orphans {
  readonly table: string;
  readonly parent: string;
  readonly count: number;
  readonly examples: readonly string[];
}

const none = { inserted: 0, overwritten: 0, reusedKeys: 0, orphans: 0, examples: [] };

export function refusedMerge(table: string, problem: string): TableMerge {
  return { table, ...none, problem };
}

/** What a table that comes back as a whole changes. */
export function mergeOf(
  table: string,
  { inserted, overwritten, deleted }: RowDifference,
  examples: readonly string[],
): TableMerge {
  return { ...none, table, inserted, overwritten, deleted, examples };
}

/** The server takes none, so what would have some is refused, by the table that has them. */
export function withOrphans(
  merged: readonly TableMerge[],
  orphans: Orphans,
): readonly TableMerge[] {
  const { table, parent, count, examples } = orphans;
  const before = merged.find((one) => one.table === table) ?? { table, ...none };
  const rows = count === 1 ? '1 row would point' : `${count} rows would point`;
  const words = `${rows} to rows of "${parent}" that are not there then (${examples.join('; ')}): bring back both tables together, load it beside (--beside), or change those rows first`;
  const problem = before.problem === undefined ? words : `${before.problem}; ${words}`;
  const one = { ...before, orphans: before.orphans + count, problem };
  return [...merged.filter((each) => each.table !== table), one];
}

/** What taking a kept table back would do: rows that are new or changed since go, those that are gone come back. */
export function undoneChange(
  table: string,
  { besideRows, liveRows, inserted, overwritten, deleted }: RowDifference,
): TableChange {
  return {
    ...{ table, backupRows: besideRows, liveRows },
    ...{ inserted: deleted, changed: overwritten, deleted: inserted },
  };
}
