import { setImmediate } from 'node:timers/promises';

const everyEntries = 256;

/** Called once an entry, lets events in now and then, so that a cancel is heard in a walk of a million files. */
export function breather(signal: AbortSignal): () => Promise<void> {
  let entries = 0;
  return async () => {
    entries += 1;
    if (entries % everyEntries === 0) await setImmediate();
    signal.throwIfAborted();
  };
}
