import { setTimeout } from 'node:timers/promises';

/** Wall time, passed in so that tests own it. */
export interface Clock {
  now(): number;
  /** Resolves at `atMs` or when the signal aborts, whichever comes first; never rejects. */
  wake(atMs: number, signal: AbortSignal): Promise<void>;
}

/** Timers of Node run at once when asked to wait for longer than this. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  async wake(atMs, signal) {
    const waitMs = Math.min(Math.max(atMs - Date.now(), 0), longestTimerMs);
    try {
      await setTimeout(waitMs, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
};
