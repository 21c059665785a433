/** Keeps what came until it is taken, in order. One waits at a time. */
export interface Inbox<T> {
  put(item: T): void;
  next(signal: AbortSignal): Promise<T>;
}

export function createInbox<T>(): Inbox<T> {
  const items: T[] = [];
  let came = Promise.withResolvers<void>();
  return {
    put(item) {
      items.push(item);
      came.resolve();
    },
    async next(signal) {
      const onAbort = (): void => came.reject(signal.reason);
      for (;;) {
        signal.throwIfAborted();
        const item = items.shift();
        if (item !== undefined) return item;
        came = Promise.withResolvers();
        signal.addEventListener('abort', onAbort, { once: true });
        await came.promise.finally(() => signal.removeEventListener('abort', onAbort));
      }
    },
  };
}
