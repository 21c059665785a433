import { initLocalStore } from './local/init.ts';
import type { LocalSettings } from './local/settings.ts';
import { openLocalStore } from './local/store.ts';
import type { Store, StoreInit } from './store.ts';

interface SettingsOf {
  readonly local: LocalSettings;
}
type Kind = keyof SettingsOf;

interface StoreKind<K extends Kind> {
  open(name: string, settings: SettingsOf[K]): Store;
  init(name: string, settings: SettingsOf[K], besideOthers: boolean): Promise<StoreInit>;
}

/** Every kind of store, one line each. */
const storeKinds: { readonly [K in Kind]: StoreKind<K> } = {
  local: { open: openLocalStore, init: initLocalStore },
};

export function openStore<K extends Kind>(
  name: string,
  settings: SettingsOf[K] & { readonly kind: K },
): Store {
  return storeKinds[settings.kind].open(name, settings);
}

/**
 * Marks a folder as a store, once, when it is first configured: later an absent marker means "not mounted".
 * A folder that holds other things is only marked with `besideOthers`.
 */
export async function initStore<K extends Kind>(
  name: string,
  settings: SettingsOf[K] & { readonly kind: K },
  besideOthers = false,
): Promise<StoreInit> {
  return await storeKinds[settings.kind].init(name, settings, besideOthers);
}
