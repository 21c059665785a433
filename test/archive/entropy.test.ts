import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bitsPerByte } from '../../agent/archive/entropy.ts';
import { noise, seededRandom } from '../../agent/demo/seed/random.ts';

const random = seededRandom(311);
const mebibyte = 1 << 20;
const text = Buffer.from(
  Array.from({ length: 200_000 }, () => `${random.between(1, 99_999)} paid\n`).join(''),
).subarray(0, mebibyte);

test('what is compressed already holds nearly eight bits a byte, rows and text far fewer', () => {
  expect(bitsPerByte(noise(random, mebibyte))).toBeGreaterThan(7.5);
  expect(bitsPerByte(gzipSync(text))).toBeGreaterThan(7.3);
  expect(bitsPerByte(text)).toBeLessThan(5);
  expect(bitsPerByte(Buffer.alloc(mebibyte))).toBe(0);
});

test('what lies in several places of a block counts by its share', () => {
  const noisy = noise(random, mebibyte);
  const few = Buffer.concat([text.subarray(0, 900_000), noisy.subarray(0, 100_000)]);
  const many = Buffer.concat([text.subarray(0, 100_000), noisy.subarray(0, 900_000)]);
  expect(bitsPerByte(few)).toBeLessThan(6);
  expect(bitsPerByte(many)).toBeGreaterThan(7);
});

test('a block of any length has an answer', () => {
  for (const length of [0, 1, 15, 16, 17, 1_000, 1_025, 70_000]) {
    const bits = bitsPerByte(noise(random, length));
    expect(bits).toBeGreaterThanOrEqual(0);
    expect(bits).toBeLessThanOrEqual(Math.log2(Math.max(1, Math.min(length, 256))));
  }
});
