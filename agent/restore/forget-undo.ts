import type { LeftBehind } from '../../protocol/domain/restore.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { keptKinds } from '../sources/kept-kinds.ts';
import type { KeptSource } from '../sources/kept-order.ts';
import { removeUndo, type UndoRecord } from './undo-records.ts';

/** A server that comes back some day still has it. */
const withinMs = 30_000;

/** Removes an undo though what it keeps in a server may not be had any more; answers what stays there. */
export async function forgetUndo(
  stateFolder: string,
  undo: UndoRecord,
  isInUse: (undo: string) => boolean,
): Promise<readonly LeftBehind[]> {
  const left: LeftBehind[] = [];
  const inServers = async (sources: readonly KeptSource[]): Promise<void> => {
    // Beside each other: a server that says nothing takes all of its time for each.
    const found = await Promise.all(sources.map(leaveBehind));
    left.push(...found.flat());
  };
  await removeUndo(stateFolder, undo, { inServers, isInUse });
  return left;
}

async function leaveBehind({ engine, items }: KeptSource): Promise<readonly LeftBehind[]> {
  const left = items.map(async (item): Promise<readonly LeftBehind[]> => {
    const { kept, live, server } = item;
    if (server === undefined || kept === undefined) return [];
    try {
      await keptKinds[engine]?.inServer?.remove(item, AbortSignal.timeout(withinMs));
      return [];
    } catch (error) {
      return [{ name: kept, of: live, why: wordFailure(failureOf(error)).message }];
    }
  });
  return (await Promise.all(left)).flat();
}
