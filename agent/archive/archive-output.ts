import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { FileAppender } from '../os/append-file.ts';

/** Where the bytes of an archive go, in order, one call at a time. */
export interface ArchiveOutput {
  /** For messages. */
  readonly path: string;
  /** The bytes may be used again when it returns. A failure of the disk is thrown by this or a later call. */
  append(bytes: Buffer): Promise<void>;
  /** After the last byte. The caller fsyncs. */
  finish(): Promise<WrittenFile>;
}

/** The file as it lies. */
export interface WrittenFile {
  readonly sizeBytes: number;
  /** SHA-256, hex, where it was asked for. */
  readonly sha256?: string;
}

/**
 * An archive as it is, from the start of an empty file. `isSummed`: its SHA-256 is wanted right away, which
 * costs half a second a GiB; whoever verifies it learns it too.
 */
export function fileOutput(file: FileHandle, path: string, isSummed = false): ArchiveOutput {
  const whole = isSummed ? createHash('sha256') : undefined;
  const appender = new FileAppender(file, path);
  let sizeBytes = 0;
  return {
    path,
    async append(bytes) {
      whole?.update(bytes);
      await appender.append(bytes);
      sizeBytes += bytes.length;
    },
    async finish() {
      await appender.finish();
      return whole === undefined ? { sizeBytes } : { sizeBytes, sha256: whole.digest('hex') };
    },
  };
}
