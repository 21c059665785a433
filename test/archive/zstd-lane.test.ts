import { expect, test } from 'vitest';
import { decompressFrame } from '../../agent/archive/zstd-frame.ts';
import { openLane } from '../../agent/archive/zstd-lane.ts';
import { noise, seededRandom } from '../../agent/demo/seed/random.ts';

test('frames of any length stay as they are until they are disposed, wherever they lie in the chunks of output', async () => {
  const random = seededRandom(91);
  const content = noise(random, 1 << 20);
  // A frame of 70 bytes that crosses from one chunk into the next comes about in some thousand.
  const lengths = Array.from({ length: 9_000 }, (_, nth) =>
    nth % 12 === 0 ? random.between(2_000, 9_000) : random.between(1, 90),
  );
  lengths.splice(4_000, 0, 1 << 20, (1 << 20) - 1, 900_000, 1_000_000, 1 << 20);
  using lane = openLane(1 << 20);
  for (let at = 0; at < lengths.length; at += 5) {
    const blocks = lengths.slice(at, at + 5).map((length) => content.subarray(0, length));
    using held = new DisposableStack();
    const frames: Buffer[] = [];
    for (const block of blocks) {
      const { pieces } = held.use(await lane.compress(block));
      frames.push(Buffer.concat(pieces));
    }
    const back = await Promise.all(
      frames.map((frame, nth) => decompressFrame(frame, blocks[nth]?.length ?? 0)),
    );
    expect(back.every((bytes, nth) => bytes.equals(blocks[nth] ?? Buffer.alloc(0)))).toBe(true);
  }
});
