import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { DirectFile } from './direct-file.ts';
import { beforeOperation } from './faults.ts';
import type { Path } from './files.ts';

const write = promisify(fs.write);
const close = promisify(fs.close);

/** From here on closing may take long: a network file system writes the file out then. */
const largeBytes = 1 << 20;

/** Up to here the change of threads takes longer than to write. */
const smallBytes = 64 << 10;

/** A file that did not exist, open for writing until it is disposed, which may be done twice. */
export interface NewFile extends AsyncDisposable {
  readonly sizeBytes: number;
  /** A failure says which file it was. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  /** The same past the cache, if `DirectFile` can; answers how many bytes it took, from the first on. */
  writeDirect(bytes: Buffer, position: number): Promise<number>;
  /** What is beyond the old end reads as zeros and takes no space. */
  truncate(sizeBytes: number): void;
}

/**
 * Creates it at once: only what moves data is given to another thread, because a change of threads costs more
 * than all other calls for a small file together.
 */
export function createNewFile(path: Path, mode = 0o600): NewFile {
  beforeOperation('create', path.toString());
  const file = fs.openSync(
    path,
    fs.constants.O_CREAT | fs.constants.O_EXCL | fs.constants.O_RDWR,
    mode,
  );
  let sizeBytes = 0;
  let isOpen = true;
  const direct = new DirectFile(path);
  return {
    get sizeBytes() {
      return sizeBytes;
    },
    async write(bytes, position) {
      beforeOperation('write', path.toString());
      for (let done = 0; done < bytes.length; ) {
        done += await writeSome(file, bytes, done, position + done).catch((error: Error) => {
          throw Object.assign(error, { path: path.toString() });
        });
      }
      sizeBytes = Math.max(sizeBytes, position + bytes.length);
    },
    async writeDirect(bytes, position) {
      const written = await direct.write(bytes, position);
      sizeBytes = Math.max(sizeBytes, position + written);
      return written;
    },
    truncate(length) {
      beforeOperation('truncate', path.toString());
      fs.ftruncateSync(file, length);
      sizeBytes = length;
    },
    async [Symbol.asyncDispose]() {
      if (!isOpen) return;
      isOpen = false;
      direct.close();
      if (sizeBytes < largeBytes) fs.closeSync(file);
      else await close(file);
    },
  };
}

async function writeSome(
  file: number,
  bytes: Uint8Array,
  from: number,
  position: number,
): Promise<number> {
  const length = bytes.length - from;
  if (length <= smallBytes) return fs.writeSync(file, bytes, from, length, position);
  return (await write(file, bytes, from, length, position)).bytesWritten;
}
