import { compareKeptTrees } from '../files/compare-kept.ts';
import type { KeptKind } from '../kept-order.ts';

/** The folder that was live lies beside it, and is renamed back. */
export const keptServer: KeptKind = {
  compare: async (order, work) => {
    const { files: _, ...change } = await compareKeptTrees(order, work);
    return { ...change, problem: change.problem ?? wholeServer };
  },
  space: async () => [],
};

export const wholeServer =
  'all databases of the server come back as they were then, and what came into them since is not counted';
