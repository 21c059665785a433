import type { BlockPool } from '../../archive/block-pool.ts';

/** A multiple of every page size of a database. */
const blockSize = 1 << 20;
/** How many are read before they are asked for: with one, whoever packs them waits for a disk now and then. */
const blocksAhead = 3;

/**
 * Blocks of 1 MiB, the last one shorter: those of `lent` are handed on, others good until the next is asked for. The
 * next ones are read meanwhile. `fill` reads what stands at `position`.
 */
export async function* readAhead(
  sizeBytes: number,
  fill: (block: Buffer, position: number) => Promise<void>,
  lent?: BlockPool,
): AsyncGenerator<Buffer, void, undefined> {
  const memory = lent ?? new InTurn(Math.min(blockSize, sizeBytes));
  const begun: Promise<Buffer>[] = [];
  const begin = (position: number): void => {
    if (position >= sizeBytes) return;
    const block = memory.take().subarray(0, sizeBytes - position);
    const filled = fill(block, position).then(() => block);
    // Thrown when its turn comes; until then nobody listens.
    filled.catch(() => undefined);
    begun.push(filled);
  };
  for (let ahead = 0; ahead < blocksAhead; ahead++) begin(ahead * blockSize);
  try {
    for (let position = blocksAhead * blockSize; ; position += blockSize) {
      const block = await begun.shift();
      if (block === undefined) return;
      begin(position);
      yield block;
    }
  } finally {
    // What they read from may be closed after this.
    for (const unused of await Promise.allSettled(begun)) {
      if (unused.status === 'fulfilled') lent?.give(unused.value);
    }
  }
}

/** Each block again when all others had their turn: those being read, and the one that is looked at. */
class InTurn {
  readonly #size: number;
  readonly #blocks: Buffer[] = [];
  #taken = 0;

  constructor(size: number) {
    this.#size = size;
  }

  take(): Buffer {
    const turn = this.#taken++ % (blocksAhead + 1);
    const block = this.#blocks[turn] ?? Buffer.allocUnsafeSlow(this.#size);
    this.#blocks[turn] = block;
    return block;
  }
}
