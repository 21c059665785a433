import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { Store } from '../../../protocol/domain/snapshot.ts';
import { exists, spaceOf } from '../../os/files.ts';
import type { UndoRecord } from '../../restore/undo-records.ts';
import type { Daemon } from '../daemon.ts';
import { readStoreStates } from '../store-states.ts';

/** A file system with what lies on it. */
export interface Place {
  /** Ids of stores; "state": Kedge's own records; "undo": only undos. */
  readonly names: readonly string[];
  readonly path: string;
  /** Under which its samples are kept: of drives that are changed about each has its own. */
  readonly series: string;
  readonly state: Store['state'];
  readonly freeBytes?: number;
  readonly totalBytes?: number;
  /** Of all stores on it, copies included. */
  readonly backupBytes: number;
  readonly undos: readonly UndoRecord[];
}

interface Found extends Place {
  /** Absent: it is not there now. */
  readonly device?: number;
}

/** The file systems that Kedge writes to: stores, then its own records, then undos beside what they are of. */
export async function placesOf(
  daemon: Daemon,
  backups: readonly Backup[],
): Promise<readonly Place[]> {
  const settings = daemon.configFile.inForce()?.stores ?? {};
  const stores = await readStoreStates(daemon.configFile.inForce(), backups, daemon.state.seen);
  const found: Found[] = [];
  for (const store of stores) found.push(await placeOfStore(store, settings[store.id]?.id));
  const bare = { backupBytes: 0, undos: [], state: 'online' } as const;
  const own = daemon.places.state;
  found.push({ ...bare, names: ['state'], path: own, series: own, ...(await measured(own)) });
  for (const undo of await daemon.undos()) {
    const at = await placeOfUndo(undo);
    if (at === undefined) continue;
    found.push({
      ...bare,
      names: ['undo'],
      path: at,
      series: at,
      undos: [undo],
      ...(await measured(at)),
    });
  }
  return folded(found);
}

async function placeOfStore(
  { id, path, state, bytes, removable }: Store,
  drive: string | undefined,
): Promise<Found> {
  const series = removable === true ? `${path} ${drive ?? ''}` : path;
  const at = { names: [id], path, series, state, backupBytes: bytes, undos: [] } as const;
  return state === 'online' ? { ...at, ...(await measured(path)) } : at;
}

/** Its data may lie on several file systems: it is counted where the first of it lies. */
async function placeOfUndo({ state, places }: UndoRecord): Promise<string | undefined> {
  if (state !== 'ready') return undefined;
  for (const place of places) if (await exists(place)) return dirname(place);
  return undefined;
}

async function measured(path: string) {
  const { dev: device } = await stat(path);
  return { device, ...(await spaceOf(path)) };
}

function folded(found: readonly Found[]): readonly Place[] {
  const byDevice = new Map<number | string, Place>();
  for (const { device, ...place } of found) {
    const key = device ?? place.path;
    const before = byDevice.get(key);
    byDevice.set(key, before === undefined ? place : together(before, place));
  }
  return [...byDevice.values()];
}

function together(first: Place, second: Place): Place {
  const more = second.names.filter((name) => name !== 'undo' && !first.names.includes(name));
  return {
    ...first,
    names: [...first.names, ...more],
    backupBytes: first.backupBytes + second.backupBytes,
    undos: [...first.undos, ...second.undos],
  };
}
