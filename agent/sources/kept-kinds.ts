import { compareKeptTrees } from './files/compare-kept.ts';
import type { KeptKind } from './kept-order.ts';
import { compareKeptDatabase, spaceToUndoDatabase } from './sqlite/compare-kept.ts';

/** Trees are exchanged by renames. */
const trees: KeptKind = { compare: compareKeptTrees, space: async () => [] };

/** By engine: what taking an undo back does and takes, also when the source is no longer configured. */
export const keptKinds: Readonly<Record<string, KeptKind>> = {
  sqlite: { compare: compareKeptDatabase, space: spaceToUndoDatabase },
  files: trees,
  settings: trees,
};
