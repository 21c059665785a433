import { isRightToLeft } from '../texts/direction.ts';
import type { CellOrder } from '../widgets/screen-rows.ts';

export type TextOrderer = CellOrder['name'];

let loaded: Readonly<Record<TextOrderer, CellOrder>> | undefined;

/** Loads what orders text, if the language that is spoken now needs it. */
export async function loadTextOrder(): Promise<void> {
  if (loaded !== undefined || !isRightToLeft()) return;
  const { markedCells, visualCells } = await import('../widgets/right-to-left/order-cells.ts');
  loaded = { terminal: markedCells, kedge: visualCells };
}

/** Undefined: cells stand as they are read, as in all languages from left to right. */
export function textOrder(orderer: () => TextOrderer): CellOrder | undefined {
  return loaded !== undefined && isRightToLeft() ? loaded[orderer()] : undefined;
}
