import { blockSize, type FrameWriter } from './frame-writer.ts';

/** Told of each block before it is written; good until it returns. */
export type OnBlock = (block: Buffer) => void | Promise<void>;

/**
 * Cuts a stream into frames of its bytes only and answers their number. Chunks are copied: sources may use
 * theirs again. `areCompared` as in `FrameWriter.write`.
 */
export async function writeBlocks(
  frames: FrameWriter,
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  onBlock: OnBlock,
  areCompared = false,
): Promise<number> {
  let buffer = frames.takeBuffer();
  let used = 0;
  let total = 0;
  const flush = async (): Promise<void> => {
    total += used;
    await onBlock(buffer.subarray(0, used));
    await frames.write(buffer, used, areCompared);
    buffer = frames.takeBuffer();
    used = 0;
  };
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + blockSize - used);
      buffer.set(part, used);
      used += part.length;
      at += part.length;
      if (used === blockSize) await flush();
    }
  }
  if (used > 0) await flush();
  frames.giveBuffer(buffer);
  return total;
}
