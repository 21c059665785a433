import type { MemberContent } from './block-pool.ts';
import type { FrameWriter } from './frame-writer.ts';
import { takenBlocks } from './taken-blocks.ts';

/** Told of each block before it is written; good until it returns. */
export type OnBlock = (block: Buffer) => void | Promise<void>;

/** Cuts content into frames of its bytes only and answers their number. `areCompared` as in `FrameWriter.write`. */
export async function writeBlocks(
  frames: FrameWriter,
  content: MemberContent,
  onBlock: OnBlock,
  areCompared = false,
): Promise<number> {
  let total = 0;
  for await (const { bytes } of takenBlocks(frames.blocks, content)) {
    total += bytes.length;
    await onBlock(bytes);
    await frames.write(bytes, areCompared);
  }
  return total;
}
