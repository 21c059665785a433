import { dirname } from 'node:path';
import { KedgeError } from '../../../../protocol/failures.ts';
import { makeFolderDurably } from '../../../os/files.ts';
import type { ExchangeItem, PreparedItem } from '../../restore-kind.ts';
import type { SwapStep } from '../../swap-step.ts';
import { settledMark } from '../change-mark.ts';
import { copyReadable, shapeOf } from '../prepare-exchange.ts';
import { nothingLive } from './merge-database.ts';
import type { MergeWhat } from './merge-order.ts';

/** Like `prepareDatabase`: keeps the live database for the undo and says the one step, `merge-rows`. */
export async function prepareMerge(
  item: ExchangeItem,
  what: MergeWhat,
  signal: AbortSignal,
): Promise<PreparedItem> {
  const { incoming, live, outgoing: kept } = item;
  if (incoming === undefined) {
    throw new KedgeError('restore-refused', { why: `the backup holds no database for "${live}"` });
  }
  await makeFolderDurably(dirname(kept));
  // Opening it takes in what a crash left beside it.
  if ((await shapeOf(live)) === undefined) throw nothingLive(live);
  const mark = await settledMark(live, signal);
  if (!(await copyReadable(live, kept, signal))) throw nothingLive(live);
  const step: SwapStep = { kind: 'merge-rows', incoming, live, kept, mark, what };
  return { item, keeps: true, steps: [step], notes: [] };
}
