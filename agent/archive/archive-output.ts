import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { writeAt } from '../os/files.ts';

/** Where the bytes of an archive go, in order, one call at a time. */
export interface ArchiveOutput {
  /** For messages. */
  readonly path: string;
  /** The bytes may be used again when it returns. A failure of the disk is thrown by the call that meets it. */
  append(bytes: Buffer): Promise<void>;
  /** After the last byte. The caller fsyncs. */
  finish(): Promise<WrittenFile>;
}

/** The file as it lies. */
export interface WrittenFile {
  readonly sizeBytes: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

/** An archive as it is, from the start of an empty file. */
export function fileOutput(file: FileHandle, path: string): ArchiveOutput {
  const whole = createHash('sha256');
  let position = 0;
  return {
    path,
    async append(bytes) {
      whole.update(bytes);
      await writeAt(file, path, bytes, position);
      position += bytes.length;
    },
    finish: async () => ({ sizeBytes: position, sha256: whole.digest('hex') }),
  };
}
