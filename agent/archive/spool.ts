import type { FileHandle } from 'node:fs/promises';
import { createFile, removeFile, writeAt } from '../os/files.ts';

const chunkSize = 1 << 20;

/**
 * Bytes put aside while an archive is written, to be read back in order. The first MiB stays in memory,
 * the rest goes to a file without a name, so that a crash leaves nothing behind.
 */
export class Spool implements AsyncDisposable {
  readonly #path: string;
  #file: FileHandle | undefined;
  #flushed = 0;
  #chunk = Buffer.allocUnsafeSlow(64 << 10);
  #used = 0;

  constructor(path: string) {
    this.#path = path;
  }

  get length(): number {
    return this.#flushed + this.#used;
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (this.#used + bytes.length > chunkSize) await this.#flush();
    if (bytes.length > chunkSize) return await this.#write(bytes);
    if (this.#used + bytes.length > this.#chunk.length) this.#grow(bytes.length);
    this.#chunk.set(bytes, this.#used);
    this.#used += bytes.length;
  }

  /** The bytes from `start` to `end`, in chunks that are good until the next one is asked for. */
  async *read(start = 0, end = this.length): AsyncGenerator<Buffer> {
    const buffer = Buffer.allocUnsafeSlow(Math.min(chunkSize, Math.max(end - start, 0)));
    let at = start;
    while (at < Math.min(end, this.#flushed) && this.#file) {
      const wanted = Math.min(buffer.length, Math.min(end, this.#flushed) - at);
      const { bytesRead } = await this.#file.read(buffer, 0, wanted, at);
      if (bytesRead === 0) throw new Error(`the spool "${this.#path}" ends early`);
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
    if (at < end) yield this.#chunk.subarray(at - this.#flushed, end - this.#flushed);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file?.close();
  }

  #grow(extra: number): void {
    const larger = Buffer.allocUnsafeSlow(
      Math.min(chunkSize, Math.max(2 * this.#chunk.length, this.#used + extra)),
    );
    larger.set(this.#chunk.subarray(0, this.#used));
    this.#chunk = larger;
  }

  async #flush(): Promise<void> {
    const bytes = this.#chunk.subarray(0, this.#used);
    this.#used = 0;
    if (bytes.length > 0) await this.#write(bytes);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#file ??= await this.#create();
    await writeAt(this.#file, this.#path, bytes, this.#flushed);
    this.#flushed += bytes.length;
  }

  async #create(): Promise<FileHandle> {
    const file = await createFile(this.#path);
    await removeFile(this.#path);
    return file;
  }
}
