import type { FileHandle } from 'node:fs/promises';
import { AtOnce } from './at-once.ts';
import { alignedBuffers, DirectFile } from './direct-file.ts';
import { writeAt } from './files.ts';

/** A multiple of every block size of a disk, as is where each write begins. */
const bufferSize = 2 << 20;
/** Under way while the next one is gathered; one alone waits most of its time for a thread. */
const writesAtOnce = 3;

/** Appends to an empty file from its start. Large files go past the page cache where the file system can. */
export class FileAppender {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #direct: DirectFile;
  readonly #writing = new AtOnce(writesAtOnce);
  readonly #spare: Buffer[] = [];
  #gathered: Buffer | undefined;
  #used = 0;
  #position = 0;
  /** Of the first write that failed: behind it is a hole, so nothing goes on. */
  #failure: { readonly error: unknown } | undefined;

  constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
    this.#direct = new DirectFile(path);
  }

  /** The bytes may be used again when it returns. The failure of a write is thrown by each later call. */
  async append(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      this.#gathered ??= this.#takeBuffer();
      const part = bytes.subarray(at, at + bufferSize - this.#used);
      this.#gathered.set(part, this.#used);
      this.#used += part.length;
      at += part.length;
      if (this.#used === bufferSize) await this.#flush(this.#gathered);
    }
  }

  /** After the last byte. The caller fsyncs and closes the file. */
  async finish(): Promise<void> {
    try {
      await this.#writing.settled();
    } finally {
      this.#direct.close();
    }
    this.#throwFailure();
    const rest = this.#gathered?.subarray(0, this.#used) ?? Buffer.alloc(0);
    await writeAt(this.#file, this.#path, rest, this.#position);
  }

  async #flush(full: Buffer): Promise<void> {
    const position = this.#position;
    this.#throwFailure();
    await this.#writing.start(1, async () => {
      try {
        await this.#write(full, position);
      } catch (error) {
        this.#failure ??= { error };
        throw error;
      }
      this.#spare.push(full);
    });
    this.#position += full.length;
    this.#gathered = undefined;
    this.#used = 0;
  }

  async #write(bytes: Buffer, position: number): Promise<void> {
    const done = await this.#direct.write(bytes, position);
    if (done < bytes.length) {
      await writeAt(this.#file, this.#path, bytes.subarray(done), position + done);
    }
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #takeBuffer(): Buffer {
    if (this.#position === 0) this.#spare.push(...alignedBuffers(writesAtOnce + 1, bufferSize));
    const buffer = this.#spare.pop();
    if (buffer === undefined) throw new Error('more is written at once than there are buffers');
    return buffer;
  }
}
