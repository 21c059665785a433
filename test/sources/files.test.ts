import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sourceContract } from '../contract/source.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { type Taken, takeMembers } from '../support/take-members.ts';
import { kinds, MiB, sourceAt } from '../support/taken-files.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

function lastContent({ members }: Taken, name: string): Buffer | undefined {
  return members.findLast((member) => member.name === name)?.content;
}

sourceContract('files', (folder) => {
  const path = join(folder, 'uploads');
  mkdirSync(join(path, 'empty'), { recursive: true });
  mkdirSync(join(path, 'sub'));
  writeFileSync(join(path, 'a.txt'), 'text of a');
  writeFileSync(join(path, 'none'), '');
  writeFileSync(join(path, 'sub', 'scan.tif'), Buffer.alloc(2 * MiB + 5, 'scan'));
  linkSync(join(path, 'a.txt'), join(path, 'z.txt'));
  symlinkSync('../a.txt', join(path, 'sub', 'link'));
  return {
    source: sourceAt(path),
    missing: sourceAt(join(folder, 'none')),
    live: [join(path, 'a.txt'), join(path, 'sub', 'scan.tif')],
    check(members) {
      const taken = { members, gaps: [] };
      expect(kinds(taken)).toEqual([
        'directory uploads',
        'file uploads/a.txt',
        'directory uploads/empty',
        'file uploads/none',
        'directory uploads/sub',
        'symlink uploads/sub/link',
        'file uploads/sub/scan.tif',
        'hardlink uploads/z.txt',
      ]);
      expect(lastContent(taken, 'uploads/a.txt')?.toString()).toBe('text of a');
      const scan = readFileSync(join(path, 'sub', 'scan.tif'));
      expect(lastContent(taken, 'uploads/sub/scan.tif')?.equals(scan)).toBe(true);
      const targets = members.flatMap(({ header }) => header.linkTarget?.toString() ?? []);
      expect(targets).toEqual(['../a.txt', 'uploads/a.txt']);
    },
  };
});

test('mode, owner, times and inode of a file are taken', async () => {
  const path = temporaryFolder();
  const file = join(path, 'a.txt');
  writeFileSync(file, 'a');
  chmodSync(file, 0o640);
  utimesSync(file, 1000, 1_234_567.5);
  const stat = statSync(file, { bigint: true });
  const { members } = await takeMembers(sourceAt(path), recordedWork());
  const user = execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
  expect(members[1]?.header).toMatchObject({
    mode: 0o640,
    uid: Number(stat.uid),
    user,
    mtimeNs: 1_234_567_500_000_000n,
    ctimeNs: stat.ctimeNs,
    inode: stat.ino,
  });
});

test('names with a newline and names that are not UTF-8 are kept byte for byte', async () => {
  const path = temporaryFolder();
  const names = [Buffer.from('two\nlines'), Buffer.from([0x66, 0xff, 0xfe, 0x80])];
  for (const name of names) writeFileSync(Buffer.concat([Buffer.from(`${path}/`), name]), 'kept');
  const { members, gaps } = await takeMembers(sourceAt(path), recordedWork());
  const found = members.slice(1).map(({ header, content }) => [header.name, content.toString()]);
  expect({ found, gaps }).toEqual({
    found: [names[1], names[0]]
      .toSorted((a, b) => Buffer.compare(a ?? Buffer.alloc(0), b ?? Buffer.alloc(0)))
      .map((name) => [Buffer.concat([Buffer.from('uploads/'), name ?? Buffer.alloc(0)]), 'kept']),
    gaps: [],
  });
});

test('a file of exactly 1 MiB is streamed, one byte less is read whole', async () => {
  const path = temporaryFolder();
  writeFileSync(join(path, 'large'), Buffer.alloc(MiB, 1));
  writeFileSync(join(path, 'small'), Buffer.alloc(MiB - 1, 2));
  const { members } = await takeMembers(sourceAt(path), recordedWork());
  expect(
    members.slice(1).map(({ name, streamed, content }) => [name, streamed, content.length]),
  ).toEqual([
    ['uploads/large', true, MiB],
    ['uploads/small', false, MiB - 1],
  ]);
});

test('a file that vanished since it was listed is a gap with its name, and the rest is taken', async () => {
  const path = temporaryFolder();
  mkdirSync(join(path, 'sub'));
  for (const name of ['a', 'sub/gone', 'z']) writeFileSync(join(path, name), name);
  const taken = await takeMembers(sourceAt(path), recordedWork(), {
    afterCapture: () => rmSync(join(path, 'sub', 'gone')),
  });
  expect(kinds(taken)).toEqual([
    'directory uploads',
    'file uploads/a',
    'directory uploads/sub',
    'file uploads/z',
  ]);
  expect(taken.gaps).toEqual([
    {
      kind: 'file',
      source: 'uploads',
      path: 'sub/gone',
      reason: 'it vanished while the backup ran',
    },
  ]);
});

test('a file that came after the list is taken: a database captured in between may name it', async () => {
  const path = temporaryFolder();
  const taken = await takeMembers(sourceAt(path), recordedWork(), {
    afterCapture: () => writeFileSync(join(path, 'new'), 'new'),
  });
  expect({ kinds: kinds(taken), gaps: taken.gaps }).toEqual({
    kinds: ['directory uploads', 'file uploads/new'],
    gaps: [],
  });
});

test('a large file that grows once while it is read is cut, and written again at the end', async () => {
  const path = temporaryFolder();
  const file = join(path, 'grows');
  writeFileSync(file, Buffer.alloc(3 * MiB, 1));
  writeFileSync(join(path, 'later'), 'later');
  let grown = false;
  const taken = await takeMembers(sourceAt(path), recordedWork(), {
    onBlock: () => {
      if (!grown) appendFileSync(file, 'more');
      grown = true;
    },
  });
  expect(kinds(taken).slice(1)).toEqual([
    'file uploads/grows',
    'file uploads/later',
    'file uploads/grows',
  ]);
  expect(taken.members[1]?.content.length).toBe(3 * MiB);
  expect(lastContent(taken, 'uploads/grows')?.equals(readFileSync(file))).toBe(true);
  expect(taken.gaps).toEqual([]);
});

test('a large file that shrinks while it is read is filled with zeros to its announced size first', async () => {
  const path = temporaryFolder();
  const file = join(path, 'shrinks');
  writeFileSync(file, Buffer.alloc(9 * MiB, 1));
  const taken = await takeMembers(sourceAt(path), recordedWork(), {
    onBlock: (_, block) => {
      if (block === 1) truncateSync(file, 1.5 * MiB);
    },
  });
  const [, first] = taken.members;
  expect(first?.content.length).toBe(9 * MiB);
  // Three blocks more may have been read when the file shrank.
  expect(first?.content.subarray(5 * MiB).every((byte) => byte === 0)).toBe(true);
  expect(taken.members.findLast(({ name }) => name === 'uploads/shrinks')?.header.sizeBytes).toBe(
    1.5 * MiB,
  );
});

test('a large file that changes each time it is read is a gap after three tries, and its links follow it', async () => {
  const path = temporaryFolder();
  const file = join(path, 'busy.log');
  writeFileSync(file, Buffer.alloc(MiB, 1));
  linkSync(file, join(path, 'link.log'));
  const taken = await takeMembers(sourceAt(path), recordedWork(), {
    onBlock: (_, block) => {
      if (block === 1) appendFileSync(file, 'line');
    },
  });
  expect(kinds(taken).slice(1)).toEqual([
    'file uploads/busy.log',
    'hardlink uploads/link.log',
    'file uploads/busy.log',
    'hardlink uploads/link.log',
    'file uploads/busy.log',
    'hardlink uploads/link.log',
  ]);
  expect(taken.gaps).toEqual([
    {
      kind: 'file',
      source: 'uploads',
      path: 'busy.log',
      reason: 'it changed each time it was read, so what is kept may mix old and new',
    },
  ]);
});
