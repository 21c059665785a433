import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { setFaultHook } from '../../agent/os/faults.ts';
import { createNewFile } from '../../agent/os/new-file.ts';
import { WriteBehind } from '../../agent/os/write-behind.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

afterEach(() => setFaultHook(undefined));

const piece = 200_000;

test('pieces whose memory is used again at once are written as they were', async () => {
  const path = join(temporaryFolder(), 'large');
  const content = randomBytes(20 * piece + 11);
  const scratch = Buffer.alloc(piece);
  {
    await using file = createNewFile(path);
    await using writer = new WriteBehind(file);
    for (let at = 0; at < content.length; at += piece) {
      const length = content.copy(scratch, 0, at);
      await writer.write(scratch.subarray(0, length), at);
      scratch.fill(0);
    }
    await writer.settled();
    expect(file.sizeBytes).toBe(content.length);
  }
  expect(readFileSync(path).equals(content)).toBe(true);
});

test('a write that fails is thrown, at the latest when all is to be settled', async () => {
  const path = join(temporaryFolder(), 'large');
  await using file = createNewFile(path);
  await using writer = new WriteBehind(file);
  setFaultHook(({ name }) => {
    if (name === 'write') throw new Error('no space left');
  });
  await writer.write(randomBytes(piece), 0);
  await expect(writer.settled()).rejects.toThrow('no space left');
});

test.each([
  ['of whole blocks', 1 << 20, 3 << 20],
  ['whose last piece is no whole block', 1 << 20, (3 << 20) + 4097],
  ['in pieces that begin anywhere', 200_000, 2_000_001],
  ['in pieces larger than the buffers', 3 << 20, 7 << 20],
])('a file written past the page cache, %s, holds the same', async (_, size, total) => {
  const path = join(temporaryFolder(), 'large');
  const content = randomBytes(total);
  const scratch = Buffer.alloc(size);
  {
    await using file = createNewFile(path);
    await using writer = new WriteBehind(file, true);
    for (let at = 0; at < total; at += size) {
      const length = content.copy(scratch, 0, at);
      await writer.write(scratch.subarray(0, length), at);
      scratch.fill(0);
    }
    await writer.settled();
    expect(file.sizeBytes).toBe(total);
  }
  expect(readFileSync(path).equals(content)).toBe(true);
});
