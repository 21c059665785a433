import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { encodeLocator } from '../../agent/archive/locator.ts';
import { fileMember, memoryReader, verifyCode, writeArchive } from '../support/archives.ts';

let folder = '';
let archive: Buffer = Buffer.alloc(0);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kedge-damage-'));
  const path = join(folder, 'small.tar.zst');
  await writeArchive(path, [
    fileMember('files/a', 'some text'),
    fileMember('files/b', 'more text'),
  ]);
  archive = await readFile(path);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

const refused = new Set(['archive-damaged', 'archive-not-ours', 'archive-newer']);

test('the archive that is damaged below verifies, so that each refusal is due to the damage', async () => {
  expect(await verifyCode(archive)).toBe('accepted');
  expect(archive.length).toBeLessThan(12_000);
});

test('verify refuses it with any byte inverted, and with any byte wrong in one bit', async () => {
  const accepted: string[] = [];
  let tried = 0;
  for (let at = 0; at < archive.length; at++) {
    for (const mask of [0xff, 1 << (at % 8)]) {
      const changed = Buffer.from(archive);
      changed.writeUInt8(changed.readUInt8(at) ^ mask, at);
      const code = await verifyCode(changed);
      if (!refused.has(code)) accepted.push(`byte ${at} ^ ${mask}: ${code}`);
      tried += 1;
    }
  }
  expect(accepted).toEqual([]);
  expect(tried).toBe(2 * archive.length);
}, 240_000);

test('verify refuses it cut anywhere', async () => {
  const accepted: string[] = [];
  for (let length = 0; length < archive.length; length++) {
    const code = await verifyCode(archive.subarray(0, length));
    if (!refused.has(code)) accepted.push(`${length} bytes: ${code}`);
  }
  expect(accepted).toEqual([]);
}, 120_000);

test('verify refuses it with bytes after its end, before its start or with a frame twice', async () => {
  const { end } = await openArchive(memoryReader(archive));
  const second = end.frames.at(0).size;
  const changed = [
    Buffer.concat([archive, Buffer.from([0])]),
    Buffer.concat([Buffer.from([0]), archive]),
    Buffer.concat([archive.subarray(0, second), archive]),
    Buffer.concat([archive, archive]),
  ];
  const codes = await Promise.all(changed.map(verifyCode));
  expect(codes.every((code) => refused.has(code))).toBe(true);
});

test('a cut archive is called damaged, as it is ours', async () => {
  expect(await verifyCode(archive.subarray(0, archive.length - 100))).toBe('archive-damaged');
});

test('a later format is refused as newer, whatever the size of its locator', async () => {
  const { end } = await openArchive(memoryReader(archive));
  const at = end.frames.end.offset;
  const newer = encodeLocator({ ...end.locator, version: 3 });
  const same = Buffer.concat([archive.subarray(0, at), newer, archive.subarray(at + 184)]);
  expect(await verifyCode(same)).toBe('archive-newer');
});
