import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** Half a second of hashing: a plan must not read a whole tree whose times somebody has touched. */
const bytesAtMost = 512 * 1024 * 1024;

/** Tells whether a live file still has the content with this hash; false, too, once enough was read. */
export function contentComparer(
  signal: AbortSignal,
): (path: Buffer, sizeBytes: number, sha256: string) => Promise<boolean> {
  let left = bytesAtMost;
  return async (path, sizeBytes, sha256) => {
    if (sizeBytes > left) return false;
    left -= sizeBytes;
    return (await hashOf(path, signal)) === sha256;
  };
}

/** Undefined: it can't be read, or is gone. */
async function hashOf(path: Buffer, signal: AbortSignal): Promise<string | undefined> {
  const sum = createHash('sha256');
  try {
    for await (const bytes of createReadStream(path, { highWaterMark: 1 << 20 })) {
      signal.throwIfAborted();
      sum.update(bytes);
    }
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
  return sum.digest('hex');
}
