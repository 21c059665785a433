import type { Backup } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { BackupReference } from '../../protocol/methods/backup.ts';
import { describeArchive } from '../backup/describe-archive.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Config } from '../config/config.ts';
import { exists } from '../os/files.ts';
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
  let refreshing: Promise<void> | undefined;

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
      catalogue.put(await describeArchive(path, store));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      options.log('warning', `"${path}" is not listed: ${why}`);
    }
  };

  const refreshStore = async (name: string, config: Config): Promise<void> => {
    const settings = config.stores[name];
    if (settings === undefined) return;
    const store = openStore(name, settings);
    const { kind } = await store.state();
    const listed = catalogue.all().filter((backup) => backup.store === name);
    if (kind === 'offline') {
      for (const backup of listed) catalogue.put({ ...backup, presence: 'offline' });
      return;
    }
    const paths = new Set((await store.list()).map((archive) => archive.path));
    for (const path of paths) await look(path, name);
    for (const backup of listed) if (!paths.has(backup.path)) catalogue.remove(backup.id);
  };

  const lookAtPlaces = async (): Promise<void> => {
    for (const path of state.places()) {
      const known = catalogue.byPath(path);
      if (await exists(path)) await look(path, undefined);
      else if (known !== undefined) catalogue.put({ ...known, presence: 'missing' });
    }
  };

  const refreshAll = async (): Promise<void> => {
    const config = options.config();
    if (config === undefined) return;
    for (const name of Object.keys(config.stores)) await refreshStore(name, config);
    await lookAtPlaces();
    options.onChange();
  };

  return {
    async refresh() {
      while (refreshing !== undefined) await refreshing;
      refreshing = refreshAll();
      try {
        await refreshing;
      } finally {
        refreshing = undefined;
      }
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
