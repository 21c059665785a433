import type { FileHandle } from 'node:fs/promises';
import { alignedBuffers, DirectFile } from './direct-file.ts';
import { writeAt } from './files.ts';

/** A multiple of every block size of a disk, as is where each write begins. */
const bufferSize = 2 << 20;

/**
 * Appends to an empty file from its start. Large files go past the page cache where the file system can.
 * One write is under way while the next is gathered.
 */
export class FileAppender {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #direct: DirectFile;
  #buffers: readonly [Buffer, Buffer] | undefined;
  #used = 0;
  #position = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
    this.#direct = new DirectFile(path);
  }

  /** The bytes may be used again when it returns. The failure of a write is thrown by a later call. */
  async append(bytes: Uint8Array): Promise<void> {
    this.#buffers ??= twoBuffers();
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + bufferSize - this.#used);
      this.#buffers[0].set(part, this.#used);
      this.#used += part.length;
      at += part.length;
      if (this.#used === bufferSize) await this.#flush(this.#buffers);
    }
  }

  /** After the last byte. The caller fsyncs and closes the file. */
  async finish(): Promise<void> {
    await this.#writing;
    this.#direct.close();
    const rest = this.#buffers?.[0].subarray(0, this.#used) ?? Buffer.alloc(0);
    await writeAt(this.#file, this.#path, rest, this.#position);
  }

  async #flush([full, other]: readonly [Buffer, Buffer]): Promise<void> {
    await this.#writing;
    this.#writing = this.#write(full, this.#position);
    // Thrown where it is waited for.
    this.#writing.catch(() => undefined);
    this.#position += full.length;
    this.#buffers = [other, full];
    this.#used = 0;
  }

  async #write(bytes: Buffer, position: number): Promise<void> {
    const done = await this.#direct.write(bytes, position);
    if (done < bytes.length) {
      await writeAt(this.#file, this.#path, bytes.subarray(done), position + done);
    }
  }
}

function twoBuffers(): readonly [Buffer, Buffer] {
  const [one = Buffer.alloc(0), other = Buffer.alloc(0)] = alignedBuffers(2, bufferSize);
  return [one, other];
}
