import { emptyState, type State } from './state.ts';

/** The one store. `subscribe` and `get` fit useSyncExternalStore. */
export interface Store {
  get(): State;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
  update(change: (state: State) => State): void;
}

export function createStore(initial: State = emptyState): Store {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    update(change) {
      const next = change(state);
      if (next === state) return;
      state = next;
      for (const listener of listeners) listener();
    },
  };
}
