import { KedgeError } from '../../protocol/failures.ts';
import type { Store, StoreState } from './store.ts';

/** Fails, in words of what is the matter, where a store is not to be used now. */
export function refuseUnlessOnline(
  { name, folder }: Pick<Store, 'name' | 'folder'>,
  state: StoreState,
): void {
  switch (state.kind) {
    case 'online':
      return;
    case 'away':
      throw new KedgeError('store-away', { store: name, path: folder });
    case 'offline':
      if (state.otherDrive === undefined) {
        throw new KedgeError('store-offline', { store: name, path: folder });
      }
      throw new KedgeError('store-other-drive', {
        store: name,
        path: folder,
        ...state.otherDrive,
      });
    default:
      state satisfies never;
  }
}
