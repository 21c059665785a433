import type { Backup } from '../../protocol/domain/backup.ts';
import type { Store } from '../../protocol/domain/snapshot.ts';
import type { Config, StoreSettings } from '../config/config.ts';
import { spaceOf } from '../os/files.ts';
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
): Promise<readonly Store[]> {
  const stores = Object.entries(config?.stores ?? {});
  return await Promise.all(
    stores.map(async ([id, settings]): Promise<Store> => {
      const inside = backups.filter((backup) => backup.store === id);
      return {
        id,
        kind: settings.kind,
        path: settings.path,
        backups: inside.length,
        bytes: inside.reduce((sum, backup) => sum + backup.sizeBytes, 0),
        ...(await reachInTime(id, settings)),
      };
    }),
  );
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
