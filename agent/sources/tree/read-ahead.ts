import type { BlockPool } from '../../archive/block-pool.ts';

/** A multiple of every page size of a database. */
const blockSize = 1 << 20;

/**
 * Blocks of 1 MiB, the last one shorter: those of `lent` are handed on, others good until the next is asked for, which
 * is read meanwhile. `fill` reads what stands at `position`.
 */
export async function* readAhead(
  sizeBytes: number,
  fill: (block: Buffer, position: number) => Promise<void>,
  lent?: BlockPool,
): AsyncGenerator<Buffer, void, undefined> {
  const memory = lent ?? new TwoInTurn(Math.min(blockSize, sizeBytes));
  const blockAt = async (position: number): Promise<Buffer> => {
    const block = memory.take().subarray(0, sizeBytes - position);
    await fill(block, position);
    return block;
  };
  let next = sizeBytes > 0 ? blockAt(0) : undefined;
  try {
    for (let position = blockSize; next !== undefined; position += blockSize) {
      const block = await next;
      next = position < sizeBytes ? blockAt(position) : undefined;
      // Its failure is thrown when its turn comes; until then nobody listens.
      next?.catch(() => undefined);
      yield block;
    }
  } finally {
    // What it reads from may be closed after this.
    const unused = await next?.catch(() => undefined);
    if (unused !== undefined) lent?.give(unused);
  }
}

class TwoInTurn {
  readonly #buffers: readonly [Buffer, Buffer];
  #taken = 0;

  constructor(size: number) {
    this.#buffers = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)];
  }

  take(): Buffer {
    return this.#buffers[this.#taken++ % 2 === 0 ? 0 : 1];
  }
}
