/**
 * Runs acts beside each other as long as their weights together stay below a limit. The first failure is thrown
 * once, by the next call, when all that was started has ended.
 */
export class AtOnce implements AsyncDisposable {
  readonly #limit: number;
  readonly #running = new Set<Promise<void>>();
  #weight = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Starts it when there is room; one alone always has. */
  async start(weight: number, act: () => Promise<void>): Promise<void> {
    while (this.#running.size > 0 && this.#weight + weight > this.#limit) {
      await Promise.race(this.#running);
    }
    if (this.#failure !== undefined) await this.settled();
    this.#weight += weight;
    const running = act()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#weight -= weight;
        this.#running.delete(running);
      });
    this.#running.add(running);
  }

  /** When nothing runs any more. */
  async settled(): Promise<void> {
    await this[Symbol.asyncDispose]();
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure.error;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }
}
