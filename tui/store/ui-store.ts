import { initialUiState, type UiState } from './ui-state.ts';

/** Holds what belongs to this window. `subscribe` and `get` fit useSyncExternalStore. */
export interface UiStore {
  get(): UiState;
  subscribe(listener: () => void): () => void;
  update(change: (ui: UiState) => UiState): void;
}

export function createUiStore(initial: UiState = initialUiState): UiStore {
  let ui = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => ui,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    update(change) {
      const next = change(ui);
      if (next === ui) return;
      ui = next;
      for (const listener of listeners) listener();
    },
  };
}
