import { open } from 'node:fs/promises';
import { KedgeError } from '../../protocol/failures.ts';
import type { RangedReader } from './ranged-reader.ts';

/** An archive that lies in a file. */
export async function openFileReader(path: string): Promise<RangedReader> {
  const file = await open(path, 'r').catch((error: Error) => {
    throw new KedgeError(
      'io-failed',
      { operation: 'read', path, cause: error.message },
      { cause: error },
    );
  });
  const { size } = await file.stat();
  return {
    path,
    sizeBytes: size,
    read: async (offset, length) => {
      const bytes = Buffer.allocUnsafeSlow(length);
      let done = 0;
      while (done < length) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) {
          throw new KedgeError('archive-damaged', {
            path,
            problem: `it ends at byte ${offset + done}, in the middle of what is read`,
          });
        }
        done += bytesRead;
      }
      return bytes;
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}
