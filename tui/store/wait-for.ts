import type { State } from './state.ts';
import type { Store } from './store.ts';

/** Waits until `select` finds something in the state, and answers with it. An error it throws ends the wait. */
export async function waitFor<T>(
  store: Store,
  select: (state: State) => T | undefined,
  signal: AbortSignal,
): Promise<T> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const look = (): void => {
    try {
      const found = select(store.get());
      if (found !== undefined) resolve(found);
    } catch (error) {
      reject(error);
    }
  };
  const onAbort = (): void => reject(signal.reason);
  const unsubscribe = store.subscribe(look);
  signal.addEventListener('abort', onAbort, { once: true });
  look();
  try {
    return await promise;
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', onAbort);
  }
}
