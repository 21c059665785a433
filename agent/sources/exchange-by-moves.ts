import { dirname } from 'node:path';
import { exists, makeFolderDurably } from '../os/files.ts';
import type { ExchangeItem, PreparedItem } from './restore-kind.ts';
import type { SwapStep } from './swap-step.ts';

/** What is live is moved out of the way, and what is incoming into its place. */
export async function exchangeByMoves(
  item: ExchangeItem,
): Promise<Pick<PreparedItem, 'item' | 'keeps' | 'steps'>> {
  const { live, incoming, outgoing } = item;
  await makeFolderDurably(dirname(outgoing));
  const keeps = await exists(live);
  const steps: SwapStep[] = [];
  if (keeps) steps.push({ kind: 'move', from: live, to: outgoing });
  if (incoming !== undefined) steps.push({ kind: 'move', from: incoming, to: live });
  return { item, keeps, steps };
}
