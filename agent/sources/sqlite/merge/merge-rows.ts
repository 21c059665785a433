import { dirname } from 'node:path';
import { removeFile, rename, syncFolder } from '../../../os/files.ts';
import { ChangeMark } from '../change-mark.ts';
import { copyPages } from '../copy-pages.ts';
import { mergeInto } from './merge-database.ts';
import type { MergeWhat } from './merge-order.ts';

interface RowMerge {
  readonly incoming: string;
  readonly live: string;
  readonly kept: string;
  /** That of `live` when `kept` was copied from it. */
  readonly mark: string;
  readonly what: MergeWhat;
}

/**
 * Merges rows into a live database. What other clients committed since the copy for the undo is seen under
 * the write lock, and then the copy is taken again first, so that every commit is in the undo or came after.
 */
export async function mergeRows(
  { incoming, live, kept, mark, what }: RowMerge,
  signal: AbortSignal,
): Promise<void> {
  // Closed after all connections: closing one of its descriptors drops this process's locks on the file.
  using state = new ChangeMark(live);
  await mergeInto({ backup: incoming, live, what }, signal, async () => {
    if (state.read() !== mark) await keepAgain(live, kept, signal);
  });
}

async function keepAgain(live: string, kept: string, signal: AbortSignal): Promise<void> {
  const again = `${kept}.again`;
  await removeFile(again);
  await copyPages(live, again, signal);
  await rename(again, kept);
  await syncFolder(dirname(kept));
}
