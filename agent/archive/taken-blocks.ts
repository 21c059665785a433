import type { BlockPool, MemberContent } from './block-pool.ts';
import { blockSize } from './frame-writer.ts';

/** A block of a member's content. Who gets it gives its bytes back to the pool. */
export interface TakenBlock {
  readonly number: number;
  readonly bytes: Buffer;
}

/** Content in blocks of 1 MiB, in memory of the pool: whole ones as they come, others are copied. */
export async function* takenBlocks(
  pool: BlockPool,
  content: MemberContent,
): AsyncGenerator<TakenBlock, void, undefined> {
  let [buffer, used, number] = [pool.take(), 0, 0];
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content(pool)) {
      const isBlock = pool.isBlock(chunk);
      if (isBlock && used === 0 && chunk.length === blockSize) {
        yield { number: number++, bytes: Buffer.from(chunk.buffer) };
        continue;
      }
      for (let at = 0; at < chunk.length; ) {
        const part = chunk.subarray(at, at + blockSize - used);
        buffer.set(part, used);
        used += part.length;
        at += part.length;
        if (used < blockSize) continue;
        const bytes = buffer;
        [buffer, used] = [pool.take(), 0];
        yield { number: number++, bytes };
      }
      if (isBlock) pool.give(chunk);
    }
    if (used === 0) return;
    const bytes = buffer.subarray(0, used);
    buffer = pool.take();
    yield { number, bytes };
  } finally {
    pool.give(buffer);
  }
}
