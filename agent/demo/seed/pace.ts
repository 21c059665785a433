import { setImmediate } from 'node:timers/promises';

export interface SeedOptions {
  readonly signal: AbortSignal;
  /** `fraction` from 0 to 1. */
  readonly onProgress: (fraction: number, text: string) => void;
  /** The newest rows and files are from about then. Absent: a fixed day, so that two seeds are equal. */
  readonly endMs?: number;
  /** Absent: 6000, which makes a database of over 50 MB. */
  readonly patients?: number;
  /** Absent: 500. */
  readonly uploads?: number;
}

/** Short enough that keys pressed and ticks of a clock are not noticed late. */
const sliceMs = 15;

/** Lets the event loop turn every few milliseconds of a long synchronous work. */
export class Pace {
  readonly #options: SeedOptions;
  #sinceMs = performance.now();

  constructor(options: SeedOptions) {
    this.#options = options;
  }

  async step(fraction: number, text: string): Promise<void> {
    if (performance.now() - this.#sinceMs < sliceMs) return;
    this.#options.onProgress(fraction, text);
    await setImmediate();
    this.#options.signal.throwIfAborted();
    this.#sinceMs = performance.now();
  }
}
