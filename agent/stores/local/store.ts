import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { isArchiveName } from '../../archive/archive-suffix.ts';
import { openFileReader } from '../../archive/file-reader.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import { refuseUnlessOnline } from '../refuse-unless-online.ts';
import type { Store, StoredArchive, StoreState } from '../store.ts';
import { isMounted } from './is-mounted.ts';
import { readMarker } from './marker.ts';
import { putInFolder, removeFromFolder, resumeInFolder } from './put.ts';
import type { LocalSettings } from './settings.ts';
import {
  bringBackToFolder,
  discardInFolder,
  eraseDiscarded,
  isDiscarded,
  listDiscarded,
} from './trash.ts';

/** A folder on this machine or on a drive or share mounted on it. */
export function openLocalStore(name: string, settings: LocalSettings): Store {
  const folder = settings.path;
  const refuseOffline = async (): Promise<void> => {
    refuseUnlessOnline({ name, folder }, await stateOf(settings));
  };
  const refuseOutside = (path: string): void => {
    if (dirname(resolve(path)) === resolve(folder)) return;
    throw new KedgeError('not-found', { what: 'archive', id: path, list: 'backup' });
  };
  const refuseUndiscarded = (path: string): void => {
    if (isDiscarded(resolve(folder), resolve(path))) return;
    throw new KedgeError('not-found', { what: 'archive', id: path, list: 'trash' });
  };
  return {
    name,
    folder,
    maxFileBytes: settings.maxFileBytes,
    state: () => stateOf(settings),
    async put(backupId) {
      await refuseOffline();
      return await putInFolder(folder, backupId);
    },
    async resume(backupId) {
      await refuseOffline();
      return await resumeInFolder(folder, backupId);
    },
    async list() {
      await refuseOffline();
      return await listArchives(folder);
    },
    read: openFileReader,
    async remove(path) {
      await refuseOffline();
      refuseOutside(path);
      await removeFromFolder(path);
    },
    async discard(path, nowMs) {
      await refuseOffline();
      refuseOutside(path);
      return await discardInFolder(path, nowMs);
    },
    async discarded() {
      await refuseOffline();
      return await listDiscarded(folder);
    },
    async bringBack(path) {
      await refuseOffline();
      refuseUndiscarded(path);
      return await bringBackToFolder(path);
    },
    async erase(path) {
      await refuseOffline();
      refuseUndiscarded(path);
      await eraseDiscarded(path);
    },
  };
}

async function stateOf(settings: LocalSettings): Promise<StoreState> {
  const { path, requireMount, removable, id: expected } = settings;
  const kind = removable === true ? 'away' : 'offline';
  try {
    const id = await readMarker(path);
    if (id === undefined) return { kind, why: `there is no Kedge marker in "${path}"` };
    if (requireMount === true && !(await isMounted(path))) {
      return { kind, why: `nothing is mounted at "${path}"` };
    }
    if (expected === undefined || expected === id) return { kind: 'online', id };
    const why = `another drive is there: its marker says "${id}", and "${expected}" is expected`;
    return { kind: 'offline', why, otherDrive: { found: id, expected } };
  } catch (error) {
    return { kind: 'offline', why: `"${path}" cannot be read: ${errorMessage(error)}` };
  }
}

async function listArchives(folder: string): Promise<readonly StoredArchive[]> {
  const found: StoredArchive[] = [];
  for (const name of (await readdir(folder)).sort()) {
    if (!isArchiveName(name)) continue;
    const path = join(folder, name);
    const stats = await stat(path).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    });
    // An empty one is a name taken by a crash between two steps of the rename.
    if (stats === undefined || !stats.isFile() || stats.size === 0) continue;
    found.push({ name, path, sizeBytes: stats.size, modifiedMs: stats.mtimeMs });
  }
  return found;
}
