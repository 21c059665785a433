import type { Backup } from '../../protocol/domain/backup.ts';
import type { Secrets } from '../../protocol/domain/secrets.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { BackupReference } from '../../protocol/methods/backup.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { inTurn } from '../os/in-turn.ts';
import { type RefreshOptions, refreshBackups } from './refresh-backups.ts';
import { awayDrives, withDrives } from './with-drives.ts';
import { withRecords } from './with-records.ts';

/**
 * All backups known here: the catalogue, with what is proven of each and whether its file is there.
 * Disposing ends a refresh that is under way and waits for it.
 */
export interface ListedBackups extends AsyncDisposable {
  /**
   * Brings the catalogue in step with the stores and the known places; one at a time. What goes wrong is
   * logged. Settles early when the signal, which is this caller's only, is aborted.
   */
  refresh(signal?: AbortSignal): Promise<void>;
  /** Looks whether the files outside all stores are still there. */
  lookAtPlaces(): Promise<void>;
  add(backup: Backup): void;
  /** Nothing lies at its path any more; it stays listed where it lies elsewhere. Its file is the caller's business. */
  forget(backup: Backup, to?: 'to the trash'): void;
  all(): readonly Backup[];
  count(): number;
  page(
    offset: number,
    limit: number,
    filter?: string,
  ): { total: number; backups: readonly Backup[] };
  get(id: string): Backup | undefined;
  /** `given`: keys that may be needed to read what the path names. */
  resolve(reference: BackupReference, given?: Secrets): Promise<Backup>;
}

export interface ListedBackupsOptions extends RefreshOptions {
  readonly onChange: () => void;
}

export function listBackups(options: ListedBackupsOptions): ListedBackups {
  const { catalogue, state } = options;
  const oneAtATime = inTurn();
  const closing = new AbortController();
  const refresher = refreshBackups(options);
  let next: Promise<void> | undefined;

  const withAll = (found: readonly Backup[]): readonly Backup[] => {
    const drives = awayDrives(options.config(), state.seen);
    return found.map((backup) => withDrives(withRecords(state, backup), drives));
  };
  const withProof = (backup: Backup): Backup => withAll([backup])[0] ?? backup;

  const refreshAll = async (): Promise<void> => {
    try {
      await refresher.all(closing.signal);
      options.onChange();
    } catch (error) {
      if (closing.signal.aborted) return;
      options.log('warning', `listing backups: ${wordFailure(failureOf(error)).message}`);
    }
  };

  return {
    async refresh(signal) {
      // Whoever asks while one waits for its turn is served by that one.
      next ??= oneAtATime(async () => {
        next = undefined;
        await refreshAll();
      });
      await settledOrAborted(next, signal);
    },
    lookAtPlaces: async () => await refresher.places(closing.signal),
    add(backup) {
      catalogue.put(backup);
      if (backup.store === undefined) state.addPlace(backup.path);
      // The drive may be pulled out before it is looked at the next time.
      else state.seen.sawArchive(backup.store, catalogue.byPath(backup.path) ?? backup);
      options.onChange();
    },
    forget(backup, to) {
      catalogue.removePlace(backup.path);
      state.removePlace(backup.path);
      if (backup.store !== undefined) state.seen.lostArchive(backup.store, backup.path);
      // What is known of a locked one is needed when it comes back.
      if (to === undefined && catalogue.get(backup.id) === undefined) {
        state.locked.remove(backup.id);
      }
      options.onChange();
    },
    all: () => withAll(catalogue.all()),
    count: () => catalogue.count(),
    page(offset, limit, filter) {
      const page = catalogue.page(offset, limit, filter);
      return { total: page.total, backups: withAll(page.backups) };
    },
    get(id) {
      const found = catalogue.get(id);
      return found === undefined ? undefined : withProof(found);
    },
    async resolve(reference, given) {
      if (reference.kind === 'path') {
        const known = catalogue.byPath(reference.path);
        return withProof(known ?? (await options.describe(reference.path, undefined, given)));
      }
      const matches = findBackups(catalogue, reference.id);
      const [first] = matches;
      if (first !== undefined && matches.length === 1) return withProof(first);
      if (first === undefined) {
        throw new KedgeError('not-found', { what: 'backup', id: reference.id, list: 'backup' });
      }
      throw new KedgeError('bad-argument', {
        what: `backup "${reference.id}"`,
        problem: `${matches.length} backups are called so or begin with it; give more of the id`,
      });
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await oneAtATime(async () => undefined);
    },
  };
}

/** Shorter beginnings of ids are likelier to be meant as something else. */
const idFrom = 4;

function findBackups(catalogue: Catalogue, text: string): readonly Backup[] {
  const byId = text.length < idFrom ? [] : catalogue.find(text);
  return byId.length > 0 ? byId : catalogue.named(text);
}

async function settledOrAborted(work: Promise<void>, signal?: AbortSignal): Promise<void> {
  if (signal === undefined) return await work;
  const { promise: aborted, resolve } = Promise.withResolvers<void>();
  const onAbort = (): void => resolve();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) resolve();
  await Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}
