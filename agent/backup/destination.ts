import { stat } from 'node:fs/promises';
import { KedgeError } from '../../protocol/failures.ts';
import type { Destination } from '../../protocol/methods/backup.ts';
import type { Config } from '../config/config.ts';
import { errorCode, errorMessage } from '../os/error-code.ts';
import { largestFileOn } from '../os/files.ts';
import { realPathOf } from '../os/real-path.ts';
import type { Source } from '../sources/source.ts';
import { putInFolder, resumeInFolder } from '../stores/local/put.ts';
import { refuseUnlessOnline } from '../stores/refuse-unless-online.ts';
import type { PendingArchive } from '../stores/store.ts';
import { openStore } from '../stores/stores.ts';

/** Where an archive goes: a store, or a folder outside of all of them. */
export interface OpenDestination {
  readonly folder: string;
  readonly store?: string;
  /** Bytes that one file may have there at most. */
  readonly maxFileBytes?: number | undefined;
  /** Goes on with an archive that was put and neither committed nor given up. */
  resume(backupId: string): Promise<PendingArchive | undefined>;
  put(backupId: string): Promise<PendingArchive>;
}

/** Folders of all stores: where the full of a differential may lie. */
export function storeFolders(config: Config | undefined): readonly string[] {
  return Object.values(config?.stores ?? {}).map(({ path }) => path);
}

/** Refuses, before anything is written, what is offline, inside a source or missing. */
export async function openDestination(
  destination: Destination,
  config: Config,
  sources: readonly Source[],
): Promise<OpenDestination> {
  const open = await find(destination, config);
  await refuseInsideSource(open.folder, sources);
  if (open.store !== undefined) await refuseOffline(open.store, config);
  await refuseNoFolder(open.folder);
  return { ...open, maxFileBytes: await largestFileIn(open) };
}

/** Bytes that one file may have in a folder at most, by the settings or its file system; undefined: as many as fit. */
export async function largestFileIn({
  folder,
  maxFileBytes,
}: Pick<OpenDestination, 'folder' | 'maxFileBytes'>): Promise<number | undefined> {
  const limits = [maxFileBytes, await largestFileOn(folder)];
  const known = limits.filter((limit) => limit !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

async function find(destination: Destination, config: Config): Promise<OpenDestination> {
  const name =
    destination.kind === 'store' ? destination.store : await storeAt(destination.folder, config);
  if (name === undefined && destination.kind === 'folder') {
    const { folder } = destination;
    return {
      folder,
      put: (backupId) => putInFolder(folder, backupId),
      resume: (backupId) => resumeInFolder(folder, backupId),
    };
  }
  const store = openConfigured(name ?? '', config);
  return {
    folder: store.folder,
    store: store.name,
    maxFileBytes: store.maxFileBytes,
    put: (backupId) => store.put(backupId),
    resume: (backupId) => store.resume(backupId),
  };
}

function openConfigured(name: string, config: Config): ReturnType<typeof openStore> {
  const settings = config.stores[name];
  if (settings === undefined) {
    throw new KedgeError('destination-unknown', { store: name });
  }
  return openStore(name, settings);
}

/** A folder that is a store's own is that store. */
async function storeAt(folder: string, config: Config): Promise<string | undefined> {
  const real = await realPathOf(folder);
  for (const [name, settings] of Object.entries(config.stores)) {
    if ((await realPathOf(settings.path)) === real) return name;
  }
  return undefined;
}

async function refuseInsideSource(folder: string, sources: readonly Source[]): Promise<void> {
  const real = await realPathOf(folder);
  for (const source of sources) {
    for (const path of source.paths) {
      // A source that can't be looked at becomes a gap later.
      const root = await realPathOf(path).catch(() => path);
      if (real === root || real.startsWith(root === '/' ? '/' : `${root}/`)) {
        throw new KedgeError('store-inside-source', {
          path: folder,
          source: source.name,
          root: path,
        });
      }
    }
  }
}

async function refuseOffline(name: string, config: Config): Promise<void> {
  const store = openConfigured(name, config);
  refuseUnlessOnline(store, await store.state());
}

async function refuseNoFolder(folder: string): Promise<void> {
  try {
    const found = await stat(folder);
    if (!found.isDirectory()) throw new Error('it is not a folder');
  } catch (error) {
    const cause = errorCode(error) === 'ENOENT' ? 'there is no such folder' : errorMessage(error);
    throw new KedgeError(
      'io-failed',
      { operation: 'write to', path: folder, cause },
      { cause: error },
    );
  }
}
