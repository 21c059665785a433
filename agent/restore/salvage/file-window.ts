import type { RangedReader } from '../../archive/ranged-reader.ts';

const step = 4 << 20;

/** The bytes around the place where a file is looked at, read once while the place moves forward. */
export class FileWindow {
  readonly #reader: RangedReader;
  #start = 0;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(reader: RangedReader) {
    this.#reader = reader;
  }

  /** At least `length` bytes from `at`, fewer only where the file ends. */
  async from(at: number, length: number): Promise<Buffer> {
    const end = Math.min(at + length, this.#reader.sizeBytes);
    const known = this.#start <= at && at <= this.#start + this.#bytes.length;
    const kept = known ? this.#bytes.subarray(at - this.#start) : Buffer.alloc(0);
    if (at + kept.length >= end) return kept;
    const from = at + kept.length;
    const more = Math.min(Math.max(end - from, step), this.#reader.sizeBytes - from);
    this.#bytes = Buffer.concat([kept, await this.#reader.read(from, more)]);
    this.#start = at;
    return this.#bytes;
  }
}
