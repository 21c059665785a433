import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { errorCode } from '../../os/error-code.ts';
import { exists } from '../../os/files.ts';
import { realPathOf } from '../../os/real-path.ts';
import { restoreOf } from '../../sources/restore-kinds.ts';
import type { RestoreContext } from '../restore-context.ts';

/** Why nothing can be unpacked into this folder, or undefined. */
export async function folderProblem(
  folder: string,
  context: RestoreContext,
): Promise<string | undefined> {
  const path = await realPathOf(folder);
  const holder = await whatHolds(path, context);
  if (holder !== undefined) return `"${folder}" lies inside ${holder}`;
  const content = await contentProblem(path);
  if (content !== undefined) return `"${folder}" ${content}`;
  const parent = await existingFolder(dirname(path));
  return await access(parent, constants.W_OK | constants.X_OK).then(
    () => undefined,
    () => `Kedge may not write in the folder "${parent}"`,
  );
}

async function contentProblem(path: string): Promise<string | undefined> {
  const names = await readdir(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    if (errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  });
  if (names === undefined) return 'is no folder';
  if (names.length > 0) return 'is not empty';
  if (!(await exists(path))) return undefined;
  const [own, parent] = await Promise.all([stat(path), stat(dirname(path))]);
  return own.dev === parent.dev ? undefined : 'is a mount point; name a folder below it';
}

/** What would be changed by a folder in it: a source, a store, Kedge's own state. */
async function whatHolds(
  path: string,
  { config, stateFolder }: RestoreContext,
): Promise<string | undefined> {
  const places = [{ what: "Kedge's own state", at: stateFolder }];
  for (const [name, settings] of Object.entries(config.sources)) {
    for (const at of await restoreOf(name, settings).livePaths()) {
      places.push({ what: `source "${name}"`, at });
    }
  }
  for (const [name, store] of Object.entries(config.stores)) {
    places.push({ what: `destination "${name}"`, at: store.path });
  }
  for (const { what, at } of places) {
    const real = await realPathOf(at);
    if (path === real || path.startsWith(real + sep)) return what;
  }
  return undefined;
}

async function existingFolder(path: string): Promise<string> {
  return (await exists(path)) ? path : await existingFolder(dirname(path));
}
