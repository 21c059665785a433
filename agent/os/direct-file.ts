import { closeSync, constants, openSync, statfsSync, write } from 'node:fs';
import { promisify } from 'node:util';
import { errorCode } from './error-code.ts';
import { beforeOperation } from './faults.ts';
import { naming, type Path } from './files.ts';

/** Where a write past the cache begins and what it is long is a multiple of this, as the block size of any disk. */
export const directUnit = 4096;
/** ext4 and XFS, in statfs: where it was measured. Network file systems write better behind the cache. */
const directTypes: ReadonlySet<number> = new Set([0xef53, 0x58465342]);

const writeAsync = promisify(write);

/** The types of Node have none of its values. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
};

/**
 * A second descriptor of a file, past the page cache where the file system can: that takes a tenth of the
 * system's time a byte, leaves others their cache, and an fsync has little to do.
 */
export class DirectFile {
  readonly #path: Path;
  /** Undefined: it can't be. */
  #descriptor: number | undefined;
  #asked = false;
  #refused = false;

  constructor(path: Path) {
    this.#path = path;
  }

  /** How many bytes it took, from the first on: none where it can't be. They lie in `alignedBuffers`; `directUnit` divides place and length. */
  async write(bytes: Buffer, position: number): Promise<number> {
    if (!this.#asked) this.#descriptor = openDirect(this.#path);
    this.#asked = true;
    if (this.#descriptor === undefined || this.#refused) return 0;
    beforeOperation('write', this.#path.toString());
    try {
      const written = writeAsync(this.#descriptor, bytes, 0, bytes.length, position);
      return (await naming(this.#path.toString(), written)).bytesWritten;
    } catch (error) {
      if (errorCode(error) !== 'EINVAL') throw error;
      // Others may be under way, so it stays open.
      this.#refused = true;
      return 0;
    }
  }

  /** When no write is under way. */
  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

/** Where writing fails it stays open, as writes may be under way, for the moments that the job still lives. */
function openDirect(path: Path): number | undefined {
  if (!directTypes.has(statfsSync(path).type)) return undefined;
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW | constants.O_DIRECT);
  } catch (error) {
    if (errorCode(error) !== 'EINVAL') throw error;
    return undefined;
  }
}

/** The memory of a wasm instance begins at a page, as writes past the cache want it; no other does in Node. */
export function alignedBuffers(count: number, size: number): readonly Buffer[] {
  const { buffer } = new WebAssembly.Memory({ initial: (count * size) >> 16 });
  return Array.from({ length: count }, (_, at) => Buffer.from(buffer, at * size, size));
}
