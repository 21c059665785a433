import { join } from 'node:path';
import { exists } from '../os/files.ts';
import { makeNewFolder } from '../os/make-entries.ts';
import { removeStubbornTree } from '../os/remove-stubborn.ts';
import { endMarked } from './marked-processes.ts';

/** Where a drill restores to; gone with all in it when it is disposed of. */
export interface DrillScratch extends AsyncDisposable {
  readonly folder: string;
  /** A folder for each source. */
  readonly data: string;
  /** Where the application is started; it may write there. */
  readonly own: string;
}

export async function makeScratch(parent: string, drill: string): Promise<DrillScratch> {
  const folder = folderOf(parent, drill);
  await makeNewFolder(folder);
  const [data, own] = [join(folder, 'data'), join(folder, 'own')];
  await makeNewFolder(data);
  await makeNewFolder(own);
  return {
    folder,
    data,
    own,
    [Symbol.asyncDispose]: async () => await removeStubbornTree(folder),
  };
}

/** What a drill that died could not end or remove itself: the application that it started, then its copy. */
export async function clearAfterDrill(parent: string, drill: string): Promise<void> {
  await endMarked(drill);
  const folder = folderOf(parent, drill);
  if (await exists(folder)) await removeStubbornTree(folder);
}

function folderOf(parent: string, drill: string): string {
  return join(parent, `kedge-drill-${drill}`);
}
