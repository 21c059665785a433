/** Where calls wait for a connection: open with a value, or failed with the reason. */
export interface Gate<T> {
  open(value: T): void;
  fail(reason: Error): void;
  /** `patient` waits for the next opening even while failed; otherwise a failure is thrown. */
  pass(patient: boolean, signal: AbortSignal): Promise<T>;
}

type State<T> = { kind: 'shut' } | { kind: 'open'; value: T } | { kind: 'failed'; reason: Error };

interface Waiter<T> {
  readonly patient: boolean;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

export function createGate<T>(): Gate<T> {
  let state: State<T> = { kind: 'shut' };
  const waiters = new Set<Waiter<T>>();

  const wait = async (patient: boolean, signal: AbortSignal): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const waiter = { patient, resolve, reject };
    const onAbort = (): void => reject(signal.reason);
    waiters.add(waiter);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await promise;
    } finally {
      waiters.delete(waiter);
      signal.removeEventListener('abort', onAbort);
    }
  };
  return {
    open(value) {
      state = { kind: 'open', value };
      for (const waiter of waiters) waiter.resolve(value);
    },
    fail(reason) {
      state = { kind: 'failed', reason };
      for (const waiter of waiters) if (!waiter.patient) waiter.reject(reason);
    },
    async pass(patient, signal) {
      signal.throwIfAborted();
      if (state.kind === 'open') return state.value;
      if (state.kind === 'failed' && !patient) throw state.reason;
      return await wait(patient, signal);
    },
  };
}
