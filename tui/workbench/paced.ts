/** Tells listeners of changes, at once or as soon as the last time is long enough ago. */
export interface Paced {
  subscribe(listener: () => void): () => void;
  /** Tells of what waits: somebody looks for the answer to a key. */
  flush(): void;
  [Symbol.dispose](): void;
}

/** A flood of changes, such as a log of thousands of lines a minute, costs one telling each `leastMs`. */
export function paced(subscribe: Paced['subscribe'], leastMs: number): Paced {
  const listeners = new Set<() => void>();
  let last = Number.NEGATIVE_INFINITY;
  let waiting: NodeJS.Timeout | undefined;
  const tell = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    last = performance.now();
    for (const listener of listeners) listener();
  };
  const unsubscribe = subscribe(() => {
    if (waiting !== undefined) return;
    const restMs = last + leastMs - performance.now();
    if (restMs <= 0) tell();
    else waiting = setTimeout(tell, restMs);
  });
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    flush() {
      if (waiting !== undefined) tell();
    },
    [Symbol.dispose]() {
      clearTimeout(waiting);
      unsubscribe();
    },
  };
}
