import { setTimeout } from 'node:timers/promises';

/** Time, passed in so that tests own it. */
export interface Clock {
  /** Wall time, ms UTC; anybody may set it. */
  now(): number;
  /** Ms of the clock that timers go by; nobody sets it, and it may stand while the machine sleeps. */
  steady(): number;
  /** Waits so many ms, or until the signal aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  steady: () => performance.now(),
  async sleep(ms, signal) {
    try {
      await setTimeout(Math.max(ms, 0), undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  },
};
