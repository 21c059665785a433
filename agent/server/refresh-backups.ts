import type { Backup } from '../../protocol/domain/backup.ts';
import type { Secrets } from '../../protocol/domain/secrets.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Config } from '../config/config.ts';
import { exists } from '../os/files.ts';
import type { State } from '../state/state.ts';
import { openStore } from '../stores/stores.ts';

export interface RefreshOptions {
  readonly catalogue: Catalogue;
  readonly state: State;
  readonly config: () => Config | undefined;
  readonly log: (level: 'info' | 'warning', text: string) => void;
  readonly describe: Describe;
  /** Archives that are not listed because no key here opens them. */
  readonly onLocked: (paths: readonly string[]) => void;
}

/** The record of an archive, from itself, or as far as it is known without opening it. */
export type Describe = (
  path: string,
  store: string | undefined,
  given?: Secrets,
) => Promise<Backup>;

/** What brings the catalogue in step with the disk. Ends with the signal's reason between two archives. */
export interface Refresher {
  all(signal: AbortSignal): Promise<void>;
  places(signal: AbortSignal): Promise<void>;
}

export function refreshBackups(options: RefreshOptions): Refresher {
  const { catalogue, state, config, log } = options;
  /** Files that are not listed, with why: said once, not at every look. */
  const refused = new Map<string, string>();
  const closed = new Set<string>();

  const look = async (
    path: string,
    store: string | undefined,
    signal: AbortSignal,
  ): Promise<void> => {
    if (catalogue.byPath(path)?.presence === 'present') return;
    try {
      const found = await options.describe(path, store);
      if (await hasOtherCopy(found)) return;
      signal.throwIfAborted();
      catalogue.put(found);
      refused.delete(path);
      closed.delete(path);
    } catch (error) {
      signal.throwIfAborted();
      if (isClosed(error)) closed.add(path);
      const why = error instanceof Error ? error.message : String(error);
      if (refused.get(path) !== why) log('warning', `"${path}" is not listed: ${why}`);
      refused.set(path, why);
    }
  };

  /** Of copies of one archive the first that was seen is listed, as long as it is there. */
  const hasOtherCopy = async ({ id, path }: Backup): Promise<boolean> => {
    const listed = catalogue.get(id);
    if (listed === undefined || listed.path === path) return false;
    return listed.presence === 'present' && (await exists(listed.path));
  };

  const markOffline = (name: string): void => {
    for (const backup of inStore(name))
      if (backup.presence !== 'offline') catalogue.put({ ...backup, presence: 'offline' });
  };
  const inStore = (name: string): readonly Backup[] =>
    catalogue.all().filter((backup) => backup.store === name);

  const lookAtStore = async (name: string, inForce: Config, signal: AbortSignal): Promise<void> => {
    const settings = inForce.stores[name];
    if (settings === undefined) return;
    const store = openStore(name, settings);
    const { kind } = await store.state();
    const paths = new Set(kind !== 'online' ? [] : (await store.list()).map(({ path }) => path));
    signal.throwIfAborted();
    if (kind !== 'online') return markOffline(name);
    // The gone ones first: one that was renamed is listed again below, under the same id.
    for (const backup of inStore(name)) if (!paths.has(backup.path)) catalogue.remove(backup.id);
    for (const path of paths) {
      signal.throwIfAborted();
      await look(path, name, signal);
    }
  };

  /** A destination that can't be listed now keeps what is known of it. */
  const lookAtStoreSafely = async (
    name: string,
    inForce: Config,
    signal: AbortSignal,
  ): Promise<void> =>
    await lookAtStore(name, inForce, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      log('warning', `destination "${name}": ${wordFailure(failureOf(error)).message}`);
    });

  const dropOtherStores = (inForce: Config): void => {
    for (const { id, store } of catalogue.all())
      if (store !== undefined && inForce.stores[store] === undefined) catalogue.remove(id);
  };

  const places = async (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    for (const path of state.places()) {
      const isThere = await isReadable(path);
      signal.throwIfAborted();
      const known = catalogue.byPath(path);
      if (isThere) await look(path, undefined, signal);
      else if (known?.presence === 'present') catalogue.put({ ...known, presence: 'missing' });
    }
  };

  return {
    async all(signal) {
      signal.throwIfAborted();
      const inForce = config();
      if (inForce === undefined) return;
      dropOtherStores(inForce);
      for (const name of Object.keys(inForce.stores))
        await lookAtStoreSafely(name, inForce, signal);
      await places(signal);
      for (const path of closed) if (!(await isReadable(path))) closed.delete(path);
      options.onLocked([...closed]);
    },
    places,
  };
}

function isClosed(error: unknown): boolean {
  const { code } = failureOf(error);
  return code === 'key-missing' || code === 'passphrase-missing';
}

/** A path that can't be asked, on a share that is gone for example, is not there now. */
async function isReadable(path: string): Promise<boolean> {
  return await exists(path).catch(() => false);
}
