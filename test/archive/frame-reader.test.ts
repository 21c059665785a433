import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { FrameReader } from '../../agent/archive/frame-reader.ts';
import { freeBytes } from '../../agent/archive/free-bytes.ts';
import { fileMember, memoryReader, signal, writeArchive } from '../support/archives.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const block = 1 << 20;
const content = randomBytes(6 * block + 5);

async function openLarge() {
  const path = join(temporaryFolder(), 'large.tar.zst');
  await writeArchive(path, [fileMember('files/large', content)]);
  const reader = memoryReader(await readFile(path));
  const archive = await openArchive(reader);
  for await (const member of archive.members()) return { reader, archive, member };
  throw new Error('it has no member');
}

test('the memory of a frame is free when later ones are read', async () => {
  const { reader, archive, member } = await openLarge();
  const frames = new FrameReader(reader, archive.end.frames, 1);
  const seen: Buffer[] = [];
  const lengths: number[] = [];
  for await (const bytes of frames.contents(member.firstFrame, member.firstFrame + 7)) {
    seen.push(bytes);
    lengths.push(bytes.length);
  }
  expect(lengths).toEqual([block, block, block, block, block, block, 5]);
  expect(seen.slice(0, 5).map(({ length }) => length)).toEqual([0, 0, 0, 0, 0]);
});

test('what is held stays whatever else is read', async () => {
  const { reader, archive, member } = await openLarge();
  const frames = new FrameReader(reader, archive.end.frames, 1);
  using first = await frames.hold(member.firstFrame);
  for await (const _ of frames.contents(member.firstFrame, member.firstFrame + 7));
  expect(first.bytes.equals(content.subarray(0, block))).toBe(true);
});

test('a reader that stops early frees what was read ahead, and another one reads on', async () => {
  const { archive, member } = await openLarge();
  for await (const bytes of archive.content(member, signal)) {
    expect(bytes.equals(content.subarray(0, block))).toBe(true);
    break;
  }
  const parts: Buffer[] = [];
  for await (const part of archive.slice(member, block - 3, 4 * block, signal)) {
    parts.push(Buffer.from(part));
  }
  expect(Buffer.concat(parts).equals(content.subarray(block - 3, 5 * block - 3))).toBe(true);
});

test('a part of some memory is not freed, nor what is small', () => {
  const whole = Buffer.alloc(block, 1);
  freeBytes(whole.subarray(0, block / 2));
  freeBytes(whole.subarray(1));
  const small = Buffer.from('small');
  freeBytes(small);
  expect([whole[0], small.toString()]).toEqual([1, 'small']);
  freeBytes(whole);
  expect(whole.length).toBe(0);
});
