import type { Backup } from '../../protocol/domain/backup.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { BackupReference } from '../../protocol/methods/backup.ts';
import { describeArchive } from '../backup/describe-archive.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Config } from '../config/config.ts';
import { exists } from '../os/files.ts';
import { inTurn } from '../os/in-turn.ts';
import type { State } from '../state/state.ts';
import { openStore } from '../stores/stores.ts';

/** All backups known here: the catalogue, with what is proven of each and whether its file is there. */
export interface ListedBackups {
  /** Brings the catalogue in step with the stores and the known places; one at a time. */
  refresh(): Promise<void>;
  /** Looks whether the files outside all stores are still there. */
  lookAtPlaces(): Promise<void>;
  add(backup: Backup): void;
  /** Takes it off the list; its file is the caller's business. */
  forget(backup: Backup): void;
  all(): readonly Backup[];
  count(): number;
  page(
    offset: number,
    limit: number,
    filter?: string,
  ): { total: number; backups: readonly Backup[] };
  get(id: string): Backup | undefined;
  resolve(reference: BackupReference): Promise<Backup>;
}

export interface ListedBackupsOptions {
  readonly catalogue: Catalogue;
  readonly state: State;
  readonly config: () => Config | undefined;
  readonly onChange: () => void;
  readonly log: (level: 'info' | 'warning', text: string) => void;
}

export function listBackups(options: ListedBackupsOptions): ListedBackups {
  const { catalogue, state } = options;
  const oneAtATime = inTurn();
  /** Files that are not listed, with why: said once, not at every look. */
  const refused = new Map<string, string>();
  let next: Promise<void> | undefined;

  const withProof = (backup: Backup): Backup => {
    const record = state.proofs.get(backup.id);
    if (record === undefined) return backup;
    return {
      ...backup,
      proof: record.proof,
      integrity: record.integrity,
      ...(record.problem === undefined ? {} : { integrityProblem: record.problem }),
      ...(record.sha256 === undefined ? {} : { sha256: record.sha256 }),
    };
  };

  const look = async (path: string, store: string | undefined): Promise<void> => {
    const known = catalogue.byPath(path);
    if (known?.presence === 'present') return;
    try {
      const found = await describeArchive(path, store);
      if (await hasOtherCopy(found)) return;
      catalogue.put(found);
      refused.delete(path);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (refused.get(path) !== why) options.log('warning', `"${path}" is not listed: ${why}`);
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

  const refreshStore = async (name: string, config: Config): Promise<void> => {
    const settings = config.stores[name];
    if (settings === undefined) return;
    const store = openStore(name, settings);
    const { kind } = await store.state();
    if (kind === 'offline') return markOffline(name);
    const listed = inStore(name);
    const paths = new Set((await store.list()).map((archive) => archive.path));
    // The gone ones first: one that was renamed is listed again below, under the same id.
    for (const backup of listed) if (!paths.has(backup.path)) catalogue.remove(backup.id);
    for (const path of paths) await look(path, name);
  };

  /** A destination that can't be listed now keeps what is known of it. */
  const refreshStoreSafely = async (name: string, config: Config): Promise<void> =>
    await refreshStore(name, config).catch((error: unknown) => {
      options.log('warning', `destination "${name}": ${wordFailure(failureOf(error)).message}`);
    });

  const dropOtherStores = (config: Config): void => {
    for (const { id, store } of catalogue.all())
      if (store !== undefined && config.stores[store] === undefined) catalogue.remove(id);
  };

  const lookAtPlaces = async (): Promise<void> => {
    for (const path of state.places()) {
      const known = catalogue.byPath(path);
      if (await isThere(path)) await look(path, undefined);
      else if (known?.presence === 'present') catalogue.put({ ...known, presence: 'missing' });
    }
  };

  const refreshAll = async (): Promise<void> => {
    const config = options.config();
    if (config === undefined) return;
    dropOtherStores(config);
    for (const name of Object.keys(config.stores)) await refreshStoreSafely(name, config);
    await lookAtPlaces();
    options.onChange();
  };

  return {
    async refresh() {
      // Whoever asks while one waits for its turn is served by that one.
      next ??= oneAtATime(async () => {
        next = undefined;
        await refreshAll();
      });
      await next;
    },
    lookAtPlaces,
    add(backup) {
      catalogue.put(backup);
      if (backup.store === undefined) state.addPlace(backup.path);
      options.onChange();
    },
    forget(backup) {
      catalogue.remove(backup.id);
      state.removePlace(backup.path);
      options.onChange();
    },
    all: () => catalogue.all().map(withProof),
    count: () => catalogue.count(),
    page(offset, limit, filter) {
      const page = catalogue.page(offset, limit, filter);
      return { total: page.total, backups: page.backups.map(withProof) };
    },
    get(id) {
      const found = catalogue.get(id);
      return found === undefined ? undefined : withProof(found);
    },
    async resolve(reference) {
      if (reference.kind === 'path') {
        const known = catalogue.byPath(reference.path);
        return withProof(known ?? (await describeArchive(reference.path, undefined)));
      }
      const matches = catalogue.find(reference.id);
      const [first] = matches;
      if (first !== undefined && matches.length === 1) return withProof(first);
      if (first === undefined) {
        throw new KedgeError('not-found', { what: 'backup', id: reference.id, list: 'backup' });
      }
      throw new KedgeError('bad-argument', {
        what: `backup "${reference.id}"`,
        problem: `${matches.length} backups begin with it; give more of the id`,
      });
    },
  };
}

/** A path that can't be asked, on a share that is gone for example, is not there now. */
async function isThere(path: string): Promise<boolean> {
  return await exists(path).catch(() => false);
}
