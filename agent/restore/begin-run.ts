import { dirname, join } from 'node:path';
import { createJournal } from '../journal/journal.ts';
import { makeFolderDurably, syncFolder } from '../os/files.ts';
import { makeNewFolder } from '../os/make-entries.ts';
import type { Work } from '../os/work.ts';
import type { RestoreRun } from './exchange.ts';
import type { Places } from './places.ts';
import { journalFolder } from './recover.ts';
import type { RestoreContext } from './restore-context.ts';
import type { Begin, RestoreRecord, SourceExchange } from './restore-record.ts';
import { settleFailure } from './settle.ts';

const dayMs = 86_400_000;
const defaultKeepDays = 7;

/** Starts the journal of a restore or undo and makes its folders. */
export async function beginRun(
  order: Pick<
    Begin,
    | 'what'
    | 'title'
    | 'backup'
    | 'undoId'
    | 'usesUndo'
    | 'safety'
    | 'staging'
    | 'isWhole'
    | 'recover'
  > & {
    readonly nowMs: number;
    readonly places: Places;
    readonly sources: readonly SourceExchange[];
  },
  context: RestoreContext,
  work: Work,
): Promise<RestoreRun> {
  const { nowMs, places, ...rest } = order;
  const keepDays = context.config.undo?.keepDays ?? defaultKeepDays;
  const folder = journalFolder(context.stateFolder);
  await makeFolderDurably(folder);
  const journal = await createJournal<RestoreRecord>(join(folder, `${work.job}.jsonl`), {
    kind: 'begin',
    ...rest,
    job: work.job,
    atMs: nowMs,
    undoExpiresAtMs: nowMs + keepDays * dayMs,
    places: places.all,
  });
  const run: RestoreRun = { journal, context, work, notes: [] };
  try {
    for (const place of places.all) await makePlace(place);
  } catch (error) {
    await using _journal = journal;
    return await settleFailure(run, error);
  }
  return run;
}

async function makePlace(place: string): Promise<void> {
  // The live data's own folder may be gone with it.
  await makeFolderDurably(dirname(place), 0o755);
  await makeNewFolder(place);
  await syncFolder(dirname(place));
}
