import type { Backup } from '../../protocol/domain/backup.ts';
import type { Store } from '../../protocol/domain/snapshot.ts';
import type { Config } from '../config/config.ts';
import { spaceOf } from '../os/files.ts';
import { openStore } from '../stores/stores.ts';

/** The stores of a configuration as they are now, with space where they are reachable. */
export async function readStoreStates(
  config: Config | undefined,
  backups: readonly Backup[],
): Promise<readonly Store[]> {
  const stores = Object.entries(config?.stores ?? {});
  return await Promise.all(
    stores.map(async ([id, settings]): Promise<Store> => {
      const inside = backups.filter((backup) => backup.store === id);
      const facts = {
        id,
        kind: settings.kind,
        path: settings.path,
        backups: inside.length,
        bytes: inside.reduce((sum, backup) => sum + backup.sizeBytes, 0),
      };
      const state = await openStore(id, settings).state();
      if (state.kind === 'offline') return { ...facts, state: 'offline', why: state.why };
      return { ...facts, state: 'online', ...(await spaceOf(settings.path)) };
    }),
  );
}
