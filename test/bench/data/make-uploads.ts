import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noise, type Random, seededRandom } from '../../../agent/demo/seed/random.ts';
import { createWriter } from './words.ts';

const seed = 7_302;
const filesPerFolder = 100;
const kibibyte = 1024;

/** Writes uploads of 175 KiB on average, three quarters of the bytes incompressible. */
export function makeUploads(folder: string, count: number): void {
  const random = seededRandom(seed);
  const write = createWriter(random);
  for (let number = 0; number < count; number += 1) {
    const inside = join(folder, `${2016 + Math.floor(number / filesPerFolder)}`);
    if (number % filesPerFolder === 0) mkdirSync(inside, { recursive: true });
    const { extension, content } = makeUpload(number, random, write);
    writeFileSync(join(inside, `${write(1).trim()}-${number}.${extension}`), content);
  }
}

function makeUpload(
  number: number,
  random: Random,
  write: (words: number) => string,
): { readonly extension: string; readonly content: Uint8Array } {
  const kind = number % 50;
  if (kind === 0) {
    return { extension: 'tif', content: noise(random, random.between(1_500, 3_500) * kibibyte) };
  }
  if (kind < 30) {
    return { extension: 'jpg', content: noise(random, random.between(40, 295) * kibibyte) };
  }
  // Some 7 bytes a word.
  return { extension: 'txt', content: Buffer.from(write(random.between(1_000, 30_000))) };
}
