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
): Promise<readonly LeftBehind[]> {
  const left: LeftBehind[] = [];
  await removeUndo(stateFolder, undo, async (sources) => {
    for (const source of sources) left.push(...(await leaveBehind(source)));
  });
  return left;
}

async function leaveBehind({ engine, items }: KeptSource): Promise<readonly LeftBehind[]> {
  const left: LeftBehind[] = [];
  for (const item of items) {
    const { kept, live, server } = item;
    if (server === undefined || kept === undefined) continue;
    const removing = keptKinds[engine]?.inServer?.remove(item, AbortSignal.timeout(withinMs));
    const why = await removing?.then(
      () => undefined,
      (error: unknown) => wordFailure(failureOf(error)).message,
    );
    if (why !== undefined) left.push({ name: kept, of: live, why });
  }
  return left;
}
