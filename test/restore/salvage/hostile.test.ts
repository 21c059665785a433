import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { MemberHeader } from '../../../agent/archive/member.ts';
import {
  checksumOf,
  encodeTarHeader,
  paddingOf,
  tarBlock,
} from '../../../agent/archive/tar-header.ts';
import { compressFrame } from '../../../agent/archive/zstd-frame.ts';
import { runSalvage } from '../../../agent/restore/salvage/run-salvage.ts';
import { memberHeader } from '../../support/archives.ts';
import { recordedWork } from '../../support/recorded-work.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

function entry(name: string, changes: Partial<MemberHeader> = {}, content = ''): Buffer {
  const bytes = Buffer.from(content);
  const header = memberHeader(name, { sizeBytes: bytes.length, ...changes });
  return Buffer.concat([encodeTarHeader(header), bytes, Buffer.alloc(paddingOf(bytes.length))]);
}

/** A header as nobody should write it, its checksum right. */
function rawEntry(edit: (block: Buffer) => void, name = 'files/raw'): Buffer {
  const block = encodeTarHeader(memberHeader(name, { mtimeNs: 0n }));
  edit(block);
  block.write(`${checksumOf(block).toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1');
  return block;
}

function pax(records: string): Buffer {
  const size = Buffer.byteLength(records);
  const head = rawEntry((block) => {
    block.write('x', 156, 'latin1');
    block.write(size.toString(8).padStart(11, '0'), 124, 'latin1');
  });
  return Buffer.concat([head, Buffer.from(records), Buffer.alloc(paddingOf(size))]);
}

const link = (target: string, kind: 'symlink' | 'hardlink' = 'symlink') => ({
  kind,
  linkTarget: Buffer.from(target),
});

/** Nothing but frames: all that is known stands in the tar, which nobody vouches for. */
async function salvage(...bundles: readonly Buffer[]) {
  const home = temporaryFolder();
  mkdirSync(join(home, 'outside'));
  writeFileSync(join(home, 'outside/file'), 'untouched');
  const first = entry('files/first', {}, 'first');
  const last = entry('files/last', {}, 'last');
  const frames = [first, ...bundles, last];
  const path = join(home, 'hostile.tar.zst');
  writeFileSync(path, Buffer.concat(await Promise.all(frames.map((one) => compressFrame(one)))));
  const folder = join(home, 'saved');
  const result = await runSalvage({ path, folder }, [], recordedWork());

  expect(readdirSync(home).toSorted()).toEqual(['hostile.tar.zst', 'outside', 'saved']);
  expect(readdirSync(join(home, 'outside'))).toEqual(['file']);
  expect(readFileSync(join(home, 'outside/file'), 'utf8')).toBe('untouched');
  expect(lstatSync(join(home, 'outside/file')).nlink).toBe(1);
  expect(existsSync('/evil')).toBe(false);
  expect(readFileSync(join(folder, 'files/first'), 'utf8')).toBe('first');
  expect(readFileSync(join(folder, 'files/last'), 'utf8')).toBe('last');
  return { result, folder, reasons: result.lost.map(({ reason }) => reason) };
}

test.each<[string, Buffer]>([
  ['an absolute name', entry('/evil')],
  ['".." in front', entry('../evil')],
  ['".." in the middle', entry('files/../../evil')],
  ['".." at the end', entry('files/..', { kind: 'directory' })],
  ['"." as a part', entry('files/./x')],
  ['an empty part', entry('files//x')],
  ['a name of "."', entry('.')],
  ['a hard link out of the archive', entry('files/x', link('../outside/file', 'hardlink'))],
  ['an absolute hard link', entry('files/x', link('/etc/passwd', 'hardlink'))],
  [
    'a NUL in a long name',
    Buffer.concat([pax('24 path=files/a\0b/c/dee\n'), entry('files/x', { mtimeNs: 0n })]),
  ],
  ['an empty name', Buffer.concat([pax('8 path=\n'), entry('files/x', { mtimeNs: 0n })])],
])('%s is refused by name, and what stands beside it saved', async (_, hostile) => {
  const { reasons } = await salvage(Buffer.concat([hostile, entry('files/beside', {}, 'beside')]));
  expect(reasons).toEqual(['refused']);
});

test.each<[string, Buffer]>([
  [
    'a file through a symlink',
    Buffer.concat([entry('files/way', link('../../outside')), entry('files/way/file', {}, 'evil')]),
  ],
  [
    'a symlink in place of a folder',
    Buffer.concat([
      entry('files/way/a', {}, 'a'),
      entry('files/way', link('../../outside')),
      entry('files/way/file', {}, 'evil'),
    ]),
  ],
  [
    'a folder that is a symlink',
    Buffer.concat([
      entry('files/way', link('../../outside')),
      entry('files/way', { kind: 'directory' }),
      entry('files/way/file', {}, 'evil'),
    ]),
  ],
  [
    'a source that is a symlink',
    Buffer.concat([entry('up', link('outside')), entry('up/file', {}, 'evil')]),
  ],
  [
    'a hard link to a symlink',
    Buffer.concat([
      entry('files/way', link('../../outside/file')),
      entry('files/second', link('files/way', 'hardlink')),
      entry('files/second', {}, 'evil'),
    ]),
  ],
  [
    'a hard link through a symlink',
    Buffer.concat([
      entry('files/way', link('../../outside')),
      entry('files/second', link('files/way/file', 'hardlink')),
    ]),
  ],
  [
    'a file where a folder is needed',
    Buffer.concat([entry('files/a', {}, 'a'), entry('files/a/b', {}, 'b')]),
  ],
  [
    "a symlink in place of Kedge's own folder",
    Buffer.concat([entry('.kedge', link('../outside')), entry('.kedge/README.txt', {}, 'evil')]),
  ],
  [
    "Kedge's own files",
    Buffer.concat([
      entry('.kedge/salvage.jsonl', {}, 'evil'),
      entry('.kedge/unfinished-0', link('../../outside/file')),
      entry('.kedge/unfinished-1', link('../../outside/file')),
    ]),
  ],
])('%s leads nowhere', async (_, hostile) => {
  const { folder } = await salvage(hostile);
  expect(readFileSync(join(folder, '.kedge/salvage.jsonl'), 'utf8')).toContain('files/first');
});

test.each<[string, Buffer]>([
  ['a character device', rawEntry((block) => block.write('3', 156, 'latin1'))],
  ['a block device', rawEntry((block) => block.write('4', 156, 'latin1'))],
  ["GNU tar's long names", rawEntry((block) => block.write('L', 156, 'latin1'))],
  ['a negative size', rawEntry((block) => block.write('-0000000001', 124, 'latin1'))],
  ['a size in base 256', rawEntry((block) => block.fill(0xff, 124, 136))],
  ['a size beyond whole numbers', pax('30 size=99999999999999999999\n')],
  [
    'a pax header of a gigabyte',
    rawEntry(
      (block) => block.write('x', 156, 'latin1') && block.write('10000000000', 124, 'latin1'),
    ),
  ],
  [
    'a pax header of a pax header',
    Buffer.concat([pax('19 path=files/pax1\n'), pax('19 path=files/pax2\n')]),
  ],
  ['a pax record of no length', pax('0 path=files/x\n')],
  ['a pax record longer than its header', pax('900 path=files/x\n')],
])('%s ends its frame only', async (_, hostile) => {
  const { result, reasons } = await salvage(Buffer.concat([hostile, entry('files/after')]));
  expect(reasons.length).toBeGreaterThan(0);
  expect(result.members).toBeLessThanOrEqual(3);
});

test('a member that claims to be huge is not written', async () => {
  const huge = entry('files/huge', { sizeBytes: 2 ** 52 });
  const { folder, result } = await salvage(huge.subarray(0, huge.length));
  expect(existsSync(join(folder, 'files/huge'))).toBe(false);
  expect(result.lost).toContainEqual(expect.objectContaining({ name: 'files/huge' }));
});

test('set-user-ID bits do not come back', async () => {
  const { folder } = await salvage(entry('files/suid', { mode: 0o6755 }, 'x'));
  expect(lstatSync(join(folder, 'files/suid')).mode & 0o7777).toBe(0o755);
});

test('names that differ only in case or in how letters are composed stay apart', async () => {
  const names = ['files/A', 'files/a', 'files/\u00e9', 'files/e\u0301', 'files/\uff0e\uff0e'];
  const { folder } = await salvage(Buffer.concat(names.map((name) => entry(name, {}, name))));
  for (const name of names) expect(readFileSync(join(folder, name), 'utf8')).toBe(name);
});

test('20,000 nested levels are refused by name', async () => {
  const deep = entry(`files/${'d/'.repeat(20_000)}end`, {}, 'deep');
  const { reasons, folder } = await salvage(deep);
  expect(reasons).toEqual(['refused']);
  expect(readdirSync(join(folder, 'files')).toSorted()).toEqual(['first', 'last']);
});

test('a frame that only looks like padding and zeros is passed by', async () => {
  const { reasons } = await salvage(Buffer.alloc(3 * tarBlock));
  expect(reasons.length).toBeLessThanOrEqual(1);
});
