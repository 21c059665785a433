import type { ReadAttributes } from '../../../agent/os/attributes/read-attributes.ts';

/**
 * In place of `agent/os/attributes/read-attributes.ts`: the applications of flows have no extended attributes, and
 * the processes that say so each time are most of what an enumeration takes.
 */
export async function readAttributes(): Promise<ReadAttributes> {
  return { attributes: new Map(), problems: new Map() };
}
