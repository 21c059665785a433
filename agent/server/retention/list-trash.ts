import type { Backup } from '../../../protocol/domain/backup.ts';
import type { TrashedBackup } from '../../../protocol/domain/retention.ts';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import type { StoreSettings } from '../../config/config.ts';
import { keysOf } from '../../keys/keys-of.ts';
import type { DiscardedArchive, Store } from '../../stores/store.ts';
import { openStore } from '../../stores/stores.ts';
import type { Daemon } from '../daemon.ts';
import { describeListed } from '../describe-listed.ts';
import { withRecords } from '../with-records.ts';
import { trashDaysOf } from './trash-days.ts';

/** A file in a trash; without a record where nothing but the file is left and it can't be read. */
export interface TrashEntry {
  readonly store: Store;
  readonly file: DiscardedArchive;
  readonly expiresAtMs: number;
  readonly trashed?: TrashedBackup;
  /** Ours to remove when it has expired: put there by this installation. */
  readonly own: boolean;
}

const dayMs = 24 * 3_600_000;

/** What lies in the trashes that can be reached now, newest deletion first. The folders say what is there. */
export async function readTrash(daemon: Daemon): Promise<readonly TrashEntry[]> {
  const entries: TrashEntry[] = [];
  for (const [name, settings] of storesOf(daemon)) {
    const store = openStore(name, settings);
    if ((await store.state()).kind !== 'online') continue;
    const files = await store.discarded();
    forgetGone(daemon, store, files);
    for (const file of files) entries.push(await entryOf(daemon, store, settings, file));
  }
  return entries.toSorted((a, b) => b.file.discardedAtMs - a.file.discardedAtMs);
}

/** Of each store that can be reached: how much lies in its trash. */
export async function trashFigures(
  daemon: Daemon,
): Promise<ReadonlyMap<string, { readonly count: number; readonly bytes: number }>> {
  const figures = new Map<string, { count: number; bytes: number }>();
  for (const [name, settings] of storesOf(daemon)) {
    const store = openStore(name, settings);
    if ((await store.state()).kind !== 'online') continue;
    const files = await store.discarded();
    const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    figures.set(name, { count: files.length, bytes });
  }
  return figures;
}

function storesOf(daemon: Daemon): readonly [string, StoreSettings][] {
  return Object.entries(daemon.configFile.inForce()?.stores ?? {});
}

async function entryOf(
  daemon: Daemon,
  store: Store,
  settings: StoreSettings,
  file: DiscardedArchive,
): Promise<TrashEntry> {
  const expiresAtMs = file.discardedAtMs + trashDaysOf(settings) * dayMs;
  const known = daemon.state.trash.get(file.path);
  const backup = known?.backup ?? (await describe(daemon, store, file));
  const { installation } = daemon.state;
  const own = known !== undefined || backup?.installation === installation;
  if (backup === undefined) return { store, file, expiresAtMs, own };
  const foreign = 'put there by another installation of Kedge; only you remove it';
  const reason = known?.reason ?? (own ? 'why is not known any more' : foreign);
  // Read once after the state was lost, not at each look.
  if (own && known === undefined) daemon.state.trash.put(file.path, { backup, reason });
  const trashed = {
    // Of a copy its own.
    backup: { ...withRecords(daemon.state, backup), store: store.name },
    trashedAtMs: file.discardedAtMs,
    reason,
    expiresAtMs,
    path: file.path,
  };
  return { store, file, expiresAtMs, trashed, own };
}

/** Files that can't be read: said once, not at every look. */
const said = new Set<string>();

async function describe(
  daemon: Daemon,
  store: Store,
  { path }: DiscardedArchive,
): Promise<Backup | undefined> {
  try {
    const keys = await keysOf(daemon.places.state);
    return await describeListed(path, store.name, keys, daemon.state.locked);
  } catch (error) {
    const { message } = wordFailure(failureOf(error));
    if (!said.has(path)) daemon.log.write('warning', `"${path}" can't be read: ${message}`);
    said.add(path);
    return undefined;
  }
}

function forgetGone(daemon: Daemon, store: Store, files: readonly DiscardedArchive[]): void {
  const there = new Set(files.map(({ path }) => path));
  for (const path of daemon.state.trash.paths()) {
    if (path.startsWith(`${store.folder}/`) && !there.has(path)) daemon.state.trash.remove(path);
  }
}
