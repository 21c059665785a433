import { KedgeError } from '../../../protocol/failures.ts';
import type { RangedReader } from '../../archive/ranged-reader.ts';
import { errorCode } from '../../os/error-code.ts';

/** The chunks of an encrypted archive; and as good as any for sectors of a disk. */
const chunk = 64 << 10;

/** Reads zeros where the bytes can't be read or not be proven: what lies there is damaged, the rest is not. */
export function readAroundHoles(reader: RangedReader): RangedReader {
  return {
    path: reader.path,
    sizeBytes: reader.sizeBytes,
    read: async (offset, length) =>
      await orHole(
        () => reader.read(offset, length),
        () => readChunks(reader, offset, length),
      ),
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
  };
}

async function readChunks(reader: RangedReader, offset: number, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let at = offset; at < offset + length; ) {
    const end = Math.min((Math.floor(at / chunk) + 1) * chunk, offset + length);
    const size = end - at;
    const from = at;
    parts.push(
      await orHole(
        () => reader.read(from, size),
        async () => Buffer.alloc(size),
      ),
    );
    at = end;
  }
  return Buffer.concat(parts);
}

async function orHole(
  read: () => Promise<Buffer>,
  otherwise: () => Promise<Buffer>,
): Promise<Buffer> {
  return await read().catch((error: unknown) => {
    if (isHole(error)) return otherwise();
    throw error;
  });
}

function isHole(error: unknown): boolean {
  if (error instanceof KedgeError) return error.failure.code === 'archive-damaged';
  return errorCode(error) === 'EIO';
}
