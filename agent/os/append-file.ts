import { closeSync, constants, openSync, statfsSync, write } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { errorCode } from './error-code.ts';
import { beforeOperation } from './faults.ts';
import { naming, writeAt } from './files.ts';

/** A multiple of every block size of a disk, as is where each write begins. */
const bufferSize = 2 << 20;
/** ext4 and XFS, in statfs: where it was measured. Network file systems write better behind the cache. */
const directTypes: ReadonlySet<number> = new Set([0xef53, 0x58465342]);

const writeAsync = promisify(write);

/** The types of Node have none of its values. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
};

/**
 * Appends to an empty file from its start. Large files go past the page cache where the file system can:
 * that takes a tenth of the system's time a byte, leaves others their cache, and the fsync has little to do.
 * One write is under way while the next is gathered.
 */
export class FileAppender {
  readonly #file: FileHandle;
  readonly #path: string;
  #buffers: readonly [Buffer, Buffer] | undefined;
  #used = 0;
  #position = 0;
  #writing: Promise<void> = Promise.resolve();
  /** A descriptor of the same file, past the cache; undefined: it can't be. */
  #direct: number | undefined;
  #asked = false;

  constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /** The bytes may be used again when it returns. The failure of a write is thrown by a later call. */
  async append(bytes: Uint8Array): Promise<void> {
    this.#buffers ??= alignedBuffers();
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
    if (this.#direct !== undefined) closeSync(this.#direct);
    this.#direct = undefined;
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
    const done = await this.#writeDirect(bytes, position);
    if (done < bytes.length) {
      await writeAt(this.#file, this.#path, bytes.subarray(done), position + done);
    }
  }

  /** How many bytes it took. */
  async #writeDirect(bytes: Buffer, position: number): Promise<number> {
    if (!this.#asked) this.#direct = openDirect(this.#path);
    this.#asked = true;
    if (this.#direct === undefined) return 0;
    beforeOperation('write', this.#path);
    try {
      const written = writeAsync(this.#direct, bytes, 0, bytes.length, position);
      return (await naming(this.#path, written)).bytesWritten;
    } catch (error) {
      if (errorCode(error) !== 'EINVAL') throw error;
      closeSync(this.#direct);
      this.#direct = undefined;
      return 0;
    }
  }
}

/** Where writing fails it stays open, as writes may be under way, for the moments that the job still lives. */
function openDirect(path: string): number | undefined {
  if (!directTypes.has(statfsSync(path).type)) return undefined;
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW | constants.O_DIRECT);
  } catch (error) {
    if (errorCode(error) !== 'EINVAL') throw error;
    return undefined;
  }
}

/** The memory of a wasm instance begins at a page, as writes past the cache want it; no other does in Node. */
function alignedBuffers(): readonly [Buffer, Buffer] {
  const { buffer } = new WebAssembly.Memory({ initial: (2 * bufferSize) >> 16 });
  return [Buffer.from(buffer, 0, bufferSize), Buffer.from(buffer, bufferSize, bufferSize)];
}
