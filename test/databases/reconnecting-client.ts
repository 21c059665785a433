import { setTimeout as wait } from 'node:timers/promises';
import type { SqlSession } from '../../agent/databases/sql-session.ts';

/** An application that comes back 50 ms after it was thrown out, and again after each refusal. */
export class ReconnectingClient implements AsyncDisposable {
  entered = 0;
  refused = 0;
  readonly #over = new AbortController();
  readonly #loop: Promise<void>;
  readonly #connect: (signal: AbortSignal) => Promise<SqlSession>;

  constructor(connect: (signal: AbortSignal) => Promise<SqlSession>) {
    this.#connect = connect;
    this.#loop = this.#run();
  }

  async #run(): Promise<void> {
    const { signal } = this.#over;
    while (!signal.aborted) {
      await this.#stay(signal).catch(() => (this.refused += 1));
      await wait(50, undefined, { signal }).catch(() => undefined);
    }
  }

  async #stay(signal: AbortSignal): Promise<void> {
    using session = await this.#connect(signal);
    this.entered += 1;
    for (;;) {
      await session.query('SELECT 1', signal);
      await wait(20, undefined, { signal });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    await this.#loop;
  }
}
