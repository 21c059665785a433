import type { Config, StoreSettings } from '../config/config.ts';
import type { ConfigFile } from '../config/config-file.ts';
import type { SeenStores } from '../state/seen-stores.ts';

/**
 * The configuration with the drive that each store that comes and goes had last: another one at the same place
 * is not taken for it, by nobody who works by this configuration, jobs included. A store that was given another
 * folder, or the id of a drive, takes what is there.
 */
export function withKnownDrives(file: ConfigFile, seen: SeenStores): ConfigFile {
  let made: { readonly from: Config; readonly ids: string; readonly config: Config } | undefined;
  return {
    ...file,
    inForce() {
      const from = file.inForce();
      if (from === undefined) return undefined;
      const stores = Object.entries(from.stores).map(
        ([name, settings]) => [name, withId(name, settings, seen)] as const,
      );
      const ids = stores.map(([, { id }]) => id).join('\n');
      // The same one as long as nothing changed: it is asked for all the time, and compared.
      if (made?.from !== from || made.ids !== ids) {
        made = { from, ids, config: { ...from, stores: Object.fromEntries(stores) } };
      }
      return made.config;
    },
  };
}

function withId(name: string, settings: StoreSettings, seen: SeenStores): StoreSettings {
  const drive = settings.removable === true ? seen.drive(name) : undefined;
  const isNew = settings.id !== undefined || drive?.path !== settings.path;
  return drive === undefined || isNew ? settings : { ...settings, id: drive.id };
}
