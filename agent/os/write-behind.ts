import { AtOnce } from './at-once.ts';
import type { NewFile } from './new-file.ts';

/** Pieces on their way to the disk; on a busy machine one alone waits most of its time for a thread. */
const atOnce = 3;

/**
 * Writes pieces of a large file while the next ones are made: each is copied, so its memory may be used again
 * when `write` returns. What fails is thrown by the next call.
 */
export class WriteBehind implements AsyncDisposable {
  readonly #file: NewFile;
  readonly #writing = new AtOnce(atOnce);
  readonly #spare: Buffer[] = [];

  constructor(file: NewFile) {
    this.#file = file;
  }

  async write(bytes: Uint8Array, position: number): Promise<void> {
    // Room first: then a buffer is free.
    await this.#writing.start(1, async () => {
      const spare = this.#spare.pop();
      const fits = spare !== undefined && spare.length >= bytes.length;
      const buffer = fits ? spare : Buffer.allocUnsafeSlow(bytes.length);
      buffer.set(bytes);
      await this.#file.write(buffer.subarray(0, bytes.length), position);
      this.#spare.push(buffer);
    });
  }

  /** When all is written. */
  async settled(): Promise<void> {
    await this.#writing.settled();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing[Symbol.asyncDispose]();
  }
}
