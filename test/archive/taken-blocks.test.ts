import { expect, test } from 'vitest';
import { BlockPool, type MemberContent } from '../../agent/archive/block-pool.ts';
import { blockSize } from '../../agent/archive/frame-writer.ts';
import { takenBlocks } from '../../agent/archive/taken-blocks.ts';
import { readAhead } from '../../agent/sources/tree/read-ahead.ts';

const value = (place: number): number => (place * 7 + (place >> 13)) & 255;

function fillFrom(block: Buffer, position: number): void {
  for (let at = 0; at < block.length; at++) block[at] = value(position + at);
}

/** All of it, and how many blocks of memory were made for it while three are held back. */
async function taken(content: MemberContent): Promise<{ bytes: Buffer; memory: number }> {
  const pool = new BlockPool(blockSize);
  const memory = new Set<ArrayBufferLike>();
  const parts: Buffer[] = [];
  const held: Buffer[] = [];
  for await (const { number, bytes } of takenBlocks(pool, content)) {
    expect(number).toBe(parts.length);
    memory.add(bytes.buffer);
    parts.push(Buffer.from(bytes));
    held.push(bytes);
    const first = held.length > 3 ? held.shift() : undefined;
    if (first !== undefined) {
      // Whoever got it may do with it what he likes, and so does the next.
      first.fill(255);
      pool.give(first);
    }
  }
  // Those still held are not yet used for others.
  const last = parts.slice(-held.length);
  expect(held.every((bytes, nth) => last[nth]?.equals(bytes))).toBe(true);
  expect(parts.slice(0, -1).every(({ length }) => length === blockSize)).toBe(true);
  return { bytes: Buffer.concat(parts), memory: memory.size };
}

function expected(size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  fillFrom(bytes, 0);
  return bytes;
}

test.each([1, blockSize - 1, blockSize, 9 * blockSize, 9 * blockSize + 5])(
  'content of %i bytes that is read into lent blocks comes whole, in memory that goes round',
  async (size) => {
    const read = async (block: Buffer, position: number) => fillFrom(block, position);
    const { bytes, memory } = await taken((lent) => readAhead(size, read, lent));
    expect(bytes.equals(expected(size))).toBe(true);
    expect(memory).toBeLessThanOrEqual(9);
  },
);

test('a lent block that is not whole, or comes behind other bytes, is copied and given back', async () => {
  const cuts = [blockSize, 100, blockSize, 3, blockSize - 103, blockSize, 17];
  const size = cuts.reduce((sum, cut) => sum + cut, 0);
  const { bytes, memory } = await taken(async function* (lent) {
    let at = 0;
    for (const [nth, length] of cuts.entries()) {
      const isLent = lent !== undefined && nth !== 3;
      const chunk = (isLent ? lent.take() : Buffer.alloc(length)).subarray(0, length);
      fillFrom(chunk, at);
      at += length;
      yield chunk;
    }
  });
  expect(bytes.equals(expected(size))).toBe(true);
  expect(memory).toBeLessThanOrEqual(6);
});

test('bytes that a source uses again are copied before it does', async () => {
  const size = 3 * blockSize + 11;
  const { bytes } = await taken(async function* () {
    const buffer = Buffer.alloc(65_537);
    for (let at = 0; at < size; at += buffer.length) {
      const chunk = buffer.subarray(0, size - at);
      fillFrom(chunk, at);
      yield chunk;
    }
  });
  expect(bytes.equals(expected(size))).toBe(true);
});

test('what is read ahead when somebody stops is given back', async () => {
  const pool = new BlockPool(blockSize);
  const made = new Set<ArrayBufferLike>();
  for (let round = 0; round < 3; round++) {
    const content: MemberContent = (lent) => readAhead(9 * blockSize, async () => undefined, lent);
    for await (const { bytes } of takenBlocks(pool, content)) {
      made.add(bytes.buffer);
      pool.give(bytes);
      break;
    }
  }
  for (let block = 0; block < 5; block++) made.add(pool.take().buffer);
  expect(made.size).toBeLessThanOrEqual(5);
});
