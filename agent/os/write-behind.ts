import { AtOnce } from './at-once.ts';
import { alignedBuffers, directUnit } from './direct-file.ts';
import type { NewFile } from './new-file.ts';

/** Pieces on their way to the disk; on a busy machine one alone waits most of its time for a thread. */
const atOnce = 3;
/** A larger one is written through the cache. */
const directPiece = 1 << 20;

/**
 * Writes pieces of a large file while the next ones are made: each is copied, so its memory may be used again
 * when `write` returns. What fails is thrown by the next call.
 */
export class WriteBehind implements AsyncDisposable {
  readonly #file: NewFile;
  readonly #past: boolean;
  readonly #writing = new AtOnce(atOnce);
  readonly #spare: Buffer[] = [];

  /** `past` the page cache, for what nobody reads soon: its pieces are whole blocks, the last one apart. */
  constructor(file: NewFile, past = false) {
    this.#file = file;
    this.#past = past;
    if (past) this.#spare.push(...alignedBuffers(atOnce, directPiece));
  }

  async write(bytes: Uint8Array, position: number): Promise<void> {
    // Room first: then a buffer is free.
    await this.#writing.start(1, async () => {
      const spare = this.#spare.pop();
      const fits = spare !== undefined && spare.length >= bytes.length;
      const buffer = fits ? spare : Buffer.allocUnsafeSlow(bytes.length);
      buffer.set(bytes);
      const done = fits ? await this.#writeDirect(buffer, bytes.length, position) : 0;
      const rest = buffer.subarray(done, bytes.length);
      if (rest.length > 0) await this.#file.write(rest, position + done);
      this.#spare.push(fits || spare === undefined ? buffer : spare);
    });
  }

  async #writeDirect(buffer: Buffer, length: number, position: number): Promise<number> {
    if (!this.#past || position % directUnit !== 0) return 0;
    const whole = buffer.subarray(0, length - (length % directUnit));
    return whole.length === 0 ? 0 : await this.#file.writeDirect(whole, position);
  }

  /** When all is written. */
  async settled(): Promise<void> {
    await this.#writing.settled();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing[Symbol.asyncDispose]();
  }
}
