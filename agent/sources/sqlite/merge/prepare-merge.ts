import type { ExchangeItem, PreparedItem } from '../../restore-kind.ts';
import type { MergeWhat } from './merge-order.ts';

/** Like `prepareDatabase`: keeps the live database for the undo and says the one step, `merge-rows`. */
export async function prepareMerge(
  _item: ExchangeItem,
  _what: MergeWhat,
  signal: AbortSignal,
): Promise<PreparedItem> {
  signal.throwIfAborted();
  throw new Error('merging is not built yet');
}
