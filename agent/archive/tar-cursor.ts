import { tarBlock } from './tar-header.ts';
import type { TarInput } from './tar-reader.ts';

/** Walks over the content of consecutive frames. */
export class TarCursor implements TarInput {
  readonly #frames: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  #position = 0;

  constructor(frames: AsyncIterable<Buffer>) {
    this.#frames = frames[Symbol.asyncIterator]();
  }

  /** Bytes taken so far: the place in the tar. */
  get position(): number {
    return this.#position;
  }

  /** A few bytes as one piece, in memory of their own: that of a frame is gone when the next one is begun. */
  async take(length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const part = await this.#some(length - done);
      part.copy(bytes, done);
      done += part.length;
    }
    return bytes;
  }

  /** Many bytes, a frame's worth at a time, each good until what `onBytes` does has ended. */
  async pass(length: number, onBytes: (bytes: Buffer) => Promise<void> | undefined): Promise<void> {
    for (let left = length; left > 0; ) {
      const part = await this.#some(left);
      await onBytes(part);
      left -= part.length;
    }
  }

  /** The zeros that fill the last block of some content. */
  async padding(sizeBytes: number): Promise<void> {
    const zeros = await this.take((tarBlock - (sizeBytes % tarBlock)) % tarBlock);
    if (zeros.some((byte) => byte !== 0)) throw new RangeError('padding that is not zero');
  }

  /** Whether all frames are used up. */
  async atEnd(): Promise<boolean> {
    return this.#rest.length === 0 && !(await this.#fill());
  }

  async #some(most: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      if (!(await this.#fill())) throw new RangeError('the tar ends too early');
    }
    return this.#cut(Math.min(most, this.#rest.length));
  }

  #cut(length: number): Buffer {
    const bytes = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    this.#position += length;
    return bytes;
  }

  async #fill(): Promise<boolean> {
    const next = await this.#frames.next();
    if (next.done === true) return false;
    this.#rest = next.value;
    return true;
  }
}
