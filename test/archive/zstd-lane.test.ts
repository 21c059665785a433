import { expect, test } from 'vitest';
import { compressFrame, decompressFrame } from '../../agent/archive/zstd-frame.ts';
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

test('blocks that hardly shrink and others take turns in a lane', async () => {
  const dense = noise(seededRandom(12), 200_000);
  const rows = Buffer.from('order 4711 paid by card\n'.repeat(9_000));
  using lane = openLane(1 << 20);
  using held = new DisposableStack();
  for (const block of [rows, dense, dense, rows, Buffer.concat([dense, rows]), rows]) {
    const { pieces } = held.use(await lane.compress(block));
    const frame = Buffer.concat(pieces);
    expect((await decompressFrame(frame, block.length)).equals(block)).toBe(true);
  }
});

/** What Node appends to a frame that fills its chunk of output. */
const emptyFrame = Buffer.from('28b52ffd240001000099e9d851', 'hex');
/** What incompressible content of so few bytes grows by. */
const growth = 14;

test('a frame that ends where a chunk of output ends has nothing behind it', async () => {
  const size = 64 << 10;
  const content = noise(seededRandom(7), size);
  using lane = openLane(size);
  let left = 4 * size;
  while (left > size) {
    using frame = await lane.compress(content);
    for (const piece of frame.pieces) left -= piece.length;
  }
  const last = content.subarray(0, left - growth);
  using frame = await lane.compress(last);
  const bytes = Buffer.concat(frame.pieces);
  expect(bytes).toHaveLength(left);
  expect(await decompressFrame(bytes, last.length)).toEqual(last);
  using next = await lane.compress(content);
  expect(await decompressFrame(Buffer.concat(next.pieces), size)).toEqual(content);
});

test('a frame beside a dictionary has nothing behind it, whatever its length', async () => {
  const content = noise(seededRandom(8), 33 << 10);
  const dictionary = Buffer.concat([Buffer.alloc(8), noise(seededRandom(9), 5_000)]);
  for (let length = 32_740; length <= 32_768; length += 1) {
    const frame = await compressFrame(content.subarray(0, length), dictionary);
    expect(frame.subarray(-emptyFrame.length).equals(emptyFrame), `${length}`).toBe(false);
    expect(await decompressFrame(frame, length, dictionary)).toHaveLength(length);
  }
});

test('a frame that an earlier build wrote with an empty one behind it is read', async () => {
  const content = Buffer.from('what was backed up'.repeat(20));
  const frame = await compressFrame(content);
  expect(await decompressFrame(Buffer.concat([frame, emptyFrame]), content.length)).toEqual(
    content,
  );
  const other = Buffer.concat([frame, emptyFrame.subarray(0, -1), Buffer.of(0)]);
  await expect(decompressFrame(other, content.length)).rejects.toThrow();
});
