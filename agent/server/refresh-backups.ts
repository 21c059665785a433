import type { Backup } from '../../protocol/domain/backup.ts';
import type { Secrets } from '../../protocol/domain/secrets.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { PlacePreference } from '../catalogue/merge-places.ts';
import type { Config, StoreSettings } from '../config/config.ts';
import { driveLabel } from '../os/drive-label.ts';
import { exists } from '../os/files.ts';
import type { State } from '../state/state.ts';
import { openStore } from '../stores/stores.ts';

export interface RefreshOptions {
  readonly catalogue: Catalogue;
  readonly state: State;
  readonly config: () => Config | undefined;
  readonly log: (level: 'info' | 'warning', text: string) => void;
  readonly describe: Describe;
  readonly now: () => number;
  /** Archives that are not listed because no key here opens them. */
  readonly onLocked: (paths: readonly string[]) => void;
  /** An archive was opened: a first look at thousands of them, on a slow share, gets on. */
  readonly onLooked?: () => void;
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
    } finally {
      options.onLooked?.();
    }
  };

  /** Stores whose list of the last look was compared with the catalogue, which may have been lost meanwhile. */
  const recalled = new Set<string>();
  const recall = (name: string): void => {
    if (recalled.has(name)) return;
    recalled.add(name);
    const known = new Set(catalogue.placesIn(name).map(({ path }) => path));
    for (const backup of state.seen.archives(name))
      if (!known.has(backup.path)) catalogue.put({ ...backup, presence: 'offline' });
  };
  const markOffline = (name: string): void => {
    recall(name);
    for (const { path, presence } of catalogue.placesIn(name)) {
      const place = presence === 'offline' ? undefined : catalogue.byPath(path);
      if (place !== undefined) catalogue.put({ ...place, presence: 'offline' });
    }
  };

  /** What of it stays known while it is not there. */
  const noteSeen = async (name: string, { path, removable, label }: StoreSettings, id: string) => {
    noteArchives(options, name);
    if (removable !== true) return;
    const found = label ?? (await driveLabel(path).catch(() => undefined));
    state.seen.sawDrive(name, { id, path, label: found, seenMs: options.now() });
  };

  const lookAtStore = async (name: string, inForce: Config, signal: AbortSignal): Promise<void> => {
    const settings = inForce.stores[name];
    if (settings === undefined) return;
    const store = openStore(name, settings);
    // Asked first: what is added while the store is listed is not taken for gone.
    const known = new Map(catalogue.placesIn(name).map(({ path, presence }) => [path, presence]));
    const reach = await store.state();
    const isOnline = reach.kind === 'online';
    const paths = new Set(isOnline ? (await store.list()).map(({ path }) => path) : []);
    signal.throwIfAborted();
    if (!isOnline) return markOffline(name);
    for (const path of known.keys()) if (!paths.has(path)) catalogue.removePlace(path);
    for (const path of [...paths].filter((each) => known.get(each) !== 'present')) {
      signal.throwIfAborted();
      await look(path, name, signal);
    }
    await noteSeen(name, settings, reach.id);
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
    for (const name of catalogue.stores()) {
      if (inForce.stores[name] !== undefined) continue;
      for (const { path } of catalogue.placesIn(name)) catalogue.removePlace(path);
      recalled.delete(name);
    }
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
      catalogue.prefer(preferenceOf(inForce));
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

function preferenceOf({ stores, schedules = {} }: Config): PlacePreference {
  const ofSchedules = Object.entries(schedules).map(([id, { store }]) => [id, store] as const);
  return { stores: Object.keys(stores), ofSchedules: Object.fromEntries(ofSchedules) };
}

/** What the catalogue says of a store that is there is kept, for when both are gone. */
function noteArchives(
  { catalogue, state }: Pick<RefreshOptions, 'catalogue' | 'state'>,
  store: string,
): void {
  const paths = catalogue.placesIn(store).map(({ path }) => path);
  state.seen.sawArchives(store, paths, (at) => catalogue.byPath(at));
}

function isClosed(error: unknown): boolean {
  const { code } = failureOf(error);
  return code === 'key-missing' || code === 'passphrase-missing';
}

/** A path that can't be asked, on a share that is gone for example, is not there now. */
async function isReadable(path: string): Promise<boolean> {
  return await exists(path).catch(() => false);
}
