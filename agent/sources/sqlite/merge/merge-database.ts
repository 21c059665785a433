import type { TableMerge } from '../../../../protocol/domain/restore-order.ts';
import type { MergeOrder } from './merge-order.ts';

/**
 * What a merge would do, found by doing it to a copy of the live database, which lies beside `backup`
 * meanwhile and takes as much space as the live one. Nothing live is written, no writer is held up.
 */
export async function planMerge(
  _order: MergeOrder,
  _onTable: (table: string) => void,
  signal: AbortSignal,
): Promise<readonly TableMerge[]> {
  signal.throwIfAborted();
  return [];
}

/** Merges in one transaction of the live database; refused as a whole, and nothing changed, where a problem stands. */
export async function mergeInto(
  _order: MergeOrder,
  signal: AbortSignal,
): Promise<readonly TableMerge[]> {
  signal.throwIfAborted();
  throw new Error('merging is not built yet');
}
