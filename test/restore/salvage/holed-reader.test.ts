import { expect, test } from 'vitest';
import type { RangedReader } from '../../../agent/archive/ranged-reader.ts';
import { readAroundHoles } from '../../../agent/restore/salvage/holed-reader.ts';
import { memoryReader } from '../../support/archives.ts';

const bytes = Buffer.alloc(300_000, 'sound');

/** A disk on which what touches these bytes fails. */
function failing(from: number, to: number, code: string): RangedReader {
  const reader = memoryReader(bytes);
  return {
    ...reader,
    read: async (offset, length) => {
      if (offset < to && offset + length > from) {
        throw Object.assign(new Error(`${code}: read`), { code });
      }
      return await reader.read(offset, length);
    },
  };
}

test('a sector that can not be read takes its 64 KiB with it, and nothing else', async () => {
  const reader = readAroundHoles(failing(140_000, 140_512, 'EIO'));
  const expected = Buffer.from(bytes);
  expected.fill(0, 131_072, 196_608);
  expect((await reader.read(0, bytes.length)).equals(expected)).toBe(true);
  expect((await reader.read(200_000, 100)).equals(bytes.subarray(200_000, 200_100))).toBe(true);
});

test('an error that says nothing about the bytes is thrown', async () => {
  const reader = readAroundHoles(failing(0, 10, 'EBADF'));
  await expect(reader.read(0, 100)).rejects.toThrow('EBADF');
});
