import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../agent/schedule/clock.ts';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** A wall clock that can be set, over a steady one that drives the timers, as on a real machine. */
export class FakeClock implements Clock {
  #wallMs: number;
  #steadyMs = 0;
  readonly #sleepers = new Set<Sleeper>();
  wakes = 0;

  constructor(atMs: number) {
    this.#wallMs = atMs;
  }

  now(): number {
    return this.#wallMs;
  }

  steady(): number {
    return this.#steadyMs;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.wakes += 1;
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const sleeper = { dueMs: this.#steadyMs + Math.max(0, ms), wake: resolve };
    this.#sleepers.add(sleeper);
    signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    this.#sleepers.delete(sleeper);
  }

  /** Time goes by; timers ring in order. */
  async pass(ms: number): Promise<void> {
    const endMs = this.#steadyMs + ms;
    for (;;) {
      await setImmediate();
      const due = [...this.#sleepers].sort((a, b) => a.dueMs - b.dueMs)[0];
      const stopMs = Math.min(due?.dueMs ?? endMs, endMs);
      this.#wallMs += stopMs - this.#steadyMs;
      this.#steadyMs = stopMs;
      if (due === undefined || due.dueMs > endMs) return;
      due.wake();
      await setImmediate();
    }
  }

  /** Time goes by at once, and every timer that is due by then rings once: for years in which little happens. */
  async leap(ms: number): Promise<void> {
    this.#wallMs += ms;
    this.#steadyMs += ms;
    for (const sleeper of this.#sleepers) if (sleeper.dueMs <= this.#steadyMs) sleeper.wake();
    await setImmediate();
  }

  /** The wall clock is set; timers do not notice. */
  set(atMs: number): void {
    this.#wallMs = atMs;
  }

  get waiting(): number {
    return this.#sleepers.size;
  }
}
