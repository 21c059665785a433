import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { maxPayloadBytes } from '../../protocol/transfer.ts';

/** SHA-256 of a file, hex. Hashed a slice at a time, half a millisecond each, as the daemon answers others meanwhile. */
export async function hashFile(file: FileHandle, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const slice = Buffer.allocUnsafe(maxPayloadBytes);
  for (let offset = 0; ; ) {
    signal.throwIfAborted();
    const { bytesRead } = await file.read(slice, 0, slice.length, offset);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(slice.subarray(0, bytesRead));
    offset += bytesRead;
  }
}
