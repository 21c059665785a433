import type { Backup } from '../../protocol/domain/backup.ts';
import type { Store } from '../../protocol/domain/snapshot.ts';
import type { Config, StoreSettings } from '../config/config.ts';
import { spaceOf } from '../os/files.ts';
import type { SeenDrive, SeenStores } from '../state/seen-stores.ts';
import { openStore } from '../stores/stores.ts';

type Reach = Pick<Store, 'state' | 'why' | 'freeBytes' | 'totalBytes'>;

/** A share whose server is gone answers nothing at all. */
const answerMs = 3_000;

/** Looks that have no answer yet, by folder: each holds a thread, so there is never a second one. */
const asked = new Map<string, Promise<Reach>>();

/** The stores of a configuration as they are now, with space where they are reachable. */
export async function readStoreStates(
  config: Config | undefined,
  backups: readonly Backup[],
  seen: Pick<SeenStores, 'drive'>,
): Promise<readonly Store[]> {
  const stores = Object.entries(config?.stores ?? {});
  return await Promise.all(
    stores.map(async ([id, settings]): Promise<Store> => {
      const inside = backups.filter((backup) => storesOf(backup).includes(id));
      const reach = await reachInTime(id, settings);
      return {
        id,
        kind: settings.kind,
        path: settings.path,
        backups: inside.length,
        bytes: inside.reduce((sum, backup) => sum + backup.sizeBytes, 0),
        ...reach,
        ...(settings.removable === true ? driveOf(settings, seen.drive(id), reach) : {}),
      };
    }),
  );
}

function storesOf({ store, copies = [] }: Backup): readonly (string | undefined)[] {
  return [store, ...copies.map((copy) => copy.store)];
}

function driveOf(settings: StoreSettings, drive: SeenDrive | undefined, { state }: Reach) {
  const label = settings.label ?? drive?.label;
  const isSeen = state !== 'online' && drive !== undefined;
  return {
    removable: true,
    ...(label === undefined ? {} : { label }),
    ...(isSeen ? { lastSeenMs: drive.seenMs } : {}),
  } as const;
}

async function reachInTime(id: string, settings: StoreSettings): Promise<Reach> {
  const key = JSON.stringify(settings);
  const answer = asked.get(key) ?? reach(id, settings).finally(() => asked.delete(key));
  asked.set(key, answer);
  const late = Promise.withResolvers<Reach>();
  const why = `"${settings.path}" does not answer`;
  const timer = setTimeout(() => late.resolve({ state: 'offline', why }), answerMs).unref();
  return await Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}

async function reach(id: string, settings: StoreSettings): Promise<Reach> {
  const state = await openStore(id, settings).state();
  if (state.kind !== 'online') return { state: state.kind, why: state.why };
  return { state: 'online', ...(await spaceOf(settings.path)) };
}
