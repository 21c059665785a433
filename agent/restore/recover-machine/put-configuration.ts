import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import { errorCode } from '../../os/error-code.ts';
import { makeFolderDurably, removeFile, syncFolder, writeFileAtomic } from '../../os/files.ts';
import { removeEmptyFolder } from '../../os/make-entries.ts';
import { initStore } from '../../stores/stores.ts';
import type { RestoreRun } from '../exchange.ts';
import type { Begin } from '../restore-record.ts';
import { stateOf } from '../restore-state.ts';

/**
 * Puts the configuration of a recovered machine in force, when all of its data is in place; marks the destinations
 * that were named. From here on a crash is settled forward. May be repeated; of other runs it does nothing.
 */
export async function putConfiguration(run: RestoreRun): Promise<void> {
  const { journal, work } = run;
  const { recover } = stateOf(journal).begin;
  if (recover === undefined) return;
  work.progress('write the configuration', 0, 0, false);
  for (const id of recover.stores) run.notes.push(...(await markStore(id, run)));
  await makeFolderDurably(dirname(recover.configPath));
  if ((await textAt(recover.configPath)) !== recover.configText)
    await writeFileAtomic(recover.configPath, recover.configText, 0o640);
}

/** A destination that can't be made is offline, and no reason to have nothing. */
async function markStore(
  id: string,
  { context, work }: Pick<RestoreRun, 'context' | 'work'>,
): Promise<readonly string[]> {
  const settings = context.config.stores[id];
  if (settings === undefined) return [];
  try {
    await initStore(id, settings, true);
    return [];
  } catch (error) {
    const note = `destination "${id}" is offline: ${wordFailure(failureOf(error)).message}`;
    work.log('warning', note);
    return [note];
  }
}

/** Only what it wrote itself: the administrator may have written another one meanwhile. */
export async function takeConfigurationBack({ recover }: Begin): Promise<void> {
  if (recover === undefined || (await textAt(recover.configPath)) !== recover.configText) return;
  await removeFile(recover.configPath);
  await syncFolder(dirname(recover.configPath));
}

/** The folders that were made for what was to come, where nothing else lies in them by now. */
export async function removeMadeFolders({ recover }: Begin): Promise<void> {
  for (const folder of recover?.made.toReversed() ?? []) await removeEmptyFolder(folder);
}

async function textAt(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  });
}
