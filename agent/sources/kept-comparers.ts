import { compareKeptTrees } from './files/compare-kept.ts';
import type { CompareKept } from './kept-order.ts';
import { compareKeptDatabase } from './sqlite/compare-kept.ts';

/** By engine: what is live beside what an undo keeps, also when the source is no longer configured. */
export const keptComparers: Readonly<Record<string, CompareKept>> = {
  sqlite: compareKeptDatabase,
  files: compareKeptTrees,
  settings: compareKeptTrees,
};
