import { blockSize, type FrameWriter } from './frame-writer.ts';

/** A block of a member's content. Who gets it disposes it; then its buffer holds another one. */
export interface TakenBlock extends Disposable {
  readonly number: number;
  readonly bytes: Buffer;
}

/** Content in blocks of 1 MiB, in the writer's buffers. Chunks are copied: sources may use theirs again. */
export async function* takenBlocks(
  frames: FrameWriter,
  content: Uint8Array | (() => AsyncIterable<Uint8Array>),
): AsyncGenerator<TakenBlock, void, undefined> {
  let buffer = frames.takeBuffer();
  let used = 0;
  let number = 0;
  const cut = (): TakenBlock => {
    const full = buffer;
    const bytes = full.subarray(0, used);
    buffer = frames.takeBuffer();
    used = 0;
    return { number: number++, bytes, [Symbol.dispose]: () => frames.giveBuffer(full) };
  };
  for await (const chunk of content instanceof Uint8Array ? [content] : content()) {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + blockSize - used);
      buffer.set(part, used);
      used += part.length;
      at += part.length;
      if (used === blockSize) yield cut();
    }
  }
  if (used > 0) yield cut();
  frames.giveBuffer(buffer);
}
