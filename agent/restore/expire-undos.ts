import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { exists, spaceOf } from '../os/files.ts';
import { listUndos, removeUndo, type UndoRecord } from './undo-records.ts';

/** Bytes that all undos together may take, and the part of a file system that stays free for others, percent. */
export interface UndoLimits {
  readonly maxBytes?: number | undefined;
  readonly minFreePercent?: number | undefined;
}

/** An undo that was removed with its data, and why. */
export interface ExpiredUndo {
  readonly undo: UndoRecord;
  readonly why: string;
  /** Why it is still there: its server does not answer, say. It is tried again the next time. */
  readonly problem?: string;
}

interface Expiry {
  readonly limits?: UndoLimits | undefined;
  readonly space?: typeof spaceOf;
  /** Something is taking it back, or will. */
  readonly isInUse?: (undo: string) => boolean;
}

/** Before anybody is alarmed of a full disk. */
const usualFreePercent = 5;

/**
 * Removes what has expired, then what there is no room for, oldest first and never the newest. What is pinned
 * stays.
 */
export async function expireUndos(
  stateFolder: string,
  nowMs: number,
  { limits = {}, space = spaceOf, isInUse }: Expiry = {},
): Promise<readonly ExpiredUndo[]> {
  const expired: ExpiredUndo[] = [];
  const remove = async (undo: UndoRecord, why: string): Promise<void> => {
    const problem = await removeUndo(stateFolder, undo, isInUse && { isInUse }).then(
      () => undefined,
      (error: unknown) => wordFailure(failureOf(error)).message,
    );
    // One that can't be removed is no reason to keep the others.
    expired.push({ undo, why, ...(problem === undefined ? {} : { problem }) });
  };
  for (const undo of await listUndos(stateFolder)) {
    if (undo.pinned !== true && undo.expiresAtMs <= nowMs) await remove(undo, 'it has expired');
  }
  const [, ...older] = (await listUndos(stateFolder)).filter(({ state }) => state === 'ready');
  for (const undo of older.reverse().filter(({ pinned }) => pinned !== true)) {
    const why = await noRoom(stateFolder, undo, limits, space);
    if (why !== undefined) await remove(undo, why);
  }
  return expired;
}

/** Asked anew for each, as the one before it may have made enough room. */
async function noRoom(
  stateFolder: string,
  undo: UndoRecord,
  { maxBytes, minFreePercent = usualFreePercent }: UndoLimits,
  space: typeof spaceOf,
): Promise<string | undefined> {
  const undos = await listUndos(stateFolder);
  const bytes = undos.reduce((sum, each) => sum + (each.state === 'ready' ? each.bytes : 0), 0);
  if (maxBytes !== undefined && bytes > maxBytes) {
    return 'the undos take more room than "undo.maxBytes" allows';
  }
  for (const place of undo.places) {
    if (!(await exists(place))) continue;
    const { freeBytes, totalBytes } = await space(place);
    if (freeBytes * 100 < totalBytes * minFreePercent) {
      return `less than ${minFreePercent} % of the disk of "${place}" was free`;
    }
  }
  return undefined;
}
