import type { Keys } from '../../os/work.ts';
import { damaged } from '../damage.ts';
import type { RangedReader } from '../ranged-reader.ts';
import { type AgeHeader, openHeader } from './age-header.ts';
import {
  type ChunkCipher,
  chunkCipher,
  chunkSize,
  nonceSize,
  sealedSize,
  tagSize,
} from './chunk-cipher.ts';

/** Chunks kept, the one used last at the end: frames begin and end inside of them. */
const kept = 8;

/**
 * What an age file holds, read from any place; the file becomes the reader's. The last chunk is opened first,
 * as only that proves where the file ends. `maybeCut`: of one that was cut all whole chunks can be read.
 */
export async function openAgeReader(
  file: RangedReader,
  header: AgeHeader,
  keys: Keys,
  maybeCut = false,
): Promise<RangedReader> {
  const payloadAt = header.bytes.length + nonceSize;
  const payloadBytes = file.sizeBytes - payloadAt;
  if (payloadBytes < tagSize) throw damaged(file, 'it ends in the header of its encryption');
  const fileKey = await openHeader(file, header, keys);
  const nonce = await file.read(header.bytes.length, nonceSize);
  const chunks = new Chunks(file, payloadAt, chunkCipher(fileKey, nonce), maybeCut);
  if (!maybeCut) await chunks.proveEnd();
  return {
    path: file.path,
    sizeBytes: chunks.contentBytes,
    read: async (offset, length) => await chunks.read(offset, length),
    [Symbol.asyncDispose]: async () => await file[Symbol.asyncDispose](),
  };
}

class Chunks {
  readonly #file: RangedReader;
  readonly #payloadAt: number;
  readonly #payloadBytes: number;
  readonly #cipher: ChunkCipher;
  readonly #count: number;
  readonly #maybeCut: boolean;
  readonly #recent = new Map<number, Buffer>();

  constructor(file: RangedReader, payloadAt: number, cipher: ChunkCipher, maybeCut: boolean) {
    this.#maybeCut = maybeCut;
    this.#file = file;
    this.#payloadAt = payloadAt;
    this.#payloadBytes = file.sizeBytes - payloadAt;
    this.#cipher = cipher;
    this.#count = Math.ceil(this.#payloadBytes / sealedSize);
  }

  get contentBytes(): number {
    return Math.max(this.#payloadBytes - this.#count * tagSize, 0);
  }

  async proveEnd(): Promise<void> {
    const last = this.#count - 1;
    const content = this.#payloadBytes - last * sealedSize - tagSize;
    // Only an empty file ends with a chunk without content.
    if (content < 0 || (content === 0 && last > 0)) throw this.#cut();
    const sealed = await this.#readSealed(last, last + 1);
    if (this.#cipher.open(sealed, last, true) === undefined) throw this.#cut();
  }

  async read(offset: number, length: number): Promise<Buffer> {
    if (offset < 0 || offset + length > this.contentBytes) {
      throw damaged(
        this.#file,
        `it ends at byte ${this.contentBytes}, in the middle of what is read`,
      );
    }
    const bytes = Buffer.allocUnsafeSlow(length);
    if (length === 0) return bytes;
    const first = Math.floor(offset / chunkSize);
    const end = Math.floor((offset + length - 1) / chunkSize) + 1;
    let chunk = first;
    const put = (content: Buffer): void => {
      const at = chunk * chunkSize - offset;
      content.copy(bytes, Math.max(at, 0), Math.max(-at, 0), length - at);
      chunk += 1;
    };
    for (let known = this.#take(chunk); known && chunk < end; known = this.#take(chunk)) put(known);
    if (chunk === end) return bytes;
    const from = chunk;
    const sealed = await this.#readSealed(from, end);
    while (chunk < end) {
      const at = (chunk - from) * sealedSize;
      const content = this.#open(sealed.subarray(at, at + sealedSize), chunk);
      // Whoever reads on begins in the chunk where this one ended.
      if (chunk === first || chunk === end - 1) this.#keep(chunk, content);
      put(content);
    }
    return bytes;
  }

  async #readSealed(first: number, end: number): Promise<Buffer> {
    const from = first * sealedSize;
    const to = Math.min(end * sealedSize, this.#payloadBytes);
    return await this.#file.read(this.#payloadAt + from, to - from);
  }

  #open(sealed: Buffer, chunk: number): Buffer {
    const isLast = chunk === this.#count - 1;
    const content =
      this.#cipher.open(sealed, chunk, isLast) ??
      (isLast && this.#maybeCut ? this.#cipher.open(sealed, chunk, false) : undefined);
    if (content !== undefined) return content;
    const at = this.#payloadAt + chunk * sealedSize;
    throw damaged(
      this.#file,
      `its encrypted bytes from ${at} to ${at + sealed.length} have changed`,
    );
  }

  #take(chunk: number): Buffer | undefined {
    return this.#recent.get(chunk);
  }

  #keep(chunk: number, content: Buffer): void {
    this.#recent.delete(chunk);
    this.#recent.set(chunk, content);
    for (const oldest of this.#recent.keys()) {
      if (this.#recent.size <= kept) break;
      this.#recent.delete(oldest);
    }
  }

  #cut(): Error {
    return damaged(
      this.#file,
      'its encrypted part does not end where it should: it was cut or changed',
    );
  }
}
