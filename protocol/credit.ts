/** What one side may still send on a stream, bytes. */
export interface Credit {
  /** More than the limit is not counted. */
  grant(bytes: number): void;
  /** Waits until there is some, then takes what there is, at most so much. One waits at a time. */
  take(atMost: number, signal: AbortSignal): Promise<number>;
}

export function createCredit(initial: number, limit: number): Credit {
  let left = initial;
  let granted = Promise.withResolvers<void>();
  return {
    grant(bytes) {
      left = Math.min(limit, left + bytes);
      granted.resolve();
    },
    async take(atMost, signal) {
      const onAbort = (): void => granted.reject(signal.reason);
      while (left === 0) {
        signal.throwIfAborted();
        granted = Promise.withResolvers();
        signal.addEventListener('abort', onAbort, { once: true });
        await granted.promise.finally(() => signal.removeEventListener('abort', onAbort));
      }
      signal.throwIfAborted();
      const taken = Math.min(atMost, left);
      left -= taken;
      return taken;
    },
  };
}
