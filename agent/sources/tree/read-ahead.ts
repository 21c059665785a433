/** A multiple of every page size of a database. */
const blockSize = 1 << 20;

/**
 * Blocks of 1 MiB, the last one shorter, each good until the next is asked for: that one is read meanwhile.
 * `fill` reads what stands at `position`.
 */
export async function* readAhead(
  sizeBytes: number,
  fill: (block: Buffer, position: number) => Promise<void>,
): AsyncGenerator<Buffer, void, undefined> {
  const bufferSize = Math.min(blockSize, sizeBytes);
  const buffers = [Buffer.allocUnsafeSlow(bufferSize), Buffer.allocUnsafeSlow(bufferSize)] as const;
  let used = 0;
  const blockAt = async (position: number): Promise<Buffer> => {
    const block = buffers[used++ % 2 === 0 ? 0 : 1].subarray(0, sizeBytes - position);
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
    await next?.catch(() => undefined);
  }
}
