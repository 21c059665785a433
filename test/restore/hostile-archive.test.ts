import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  beginExtraction,
  extractMember,
  extractTree,
  finishFolders,
} from '../../agent/sources/files/extract-tree.ts';
import { writeMemberFile } from '../../agent/sources/write-member.ts';
import { headerOf, type TestMember } from '../support/test-member.ts';

const signal = new AbortController().signal;

/** What a reader that let everything through would give: the last line of defence is tested by itself. */
async function extract(members: readonly TestMember[]) {
  const home = mkdtempSync(join(tmpdir(), 'kedge-hostile-'));
  mkdirSync(join(home, 'outside'));
  writeFileSync(join(home, 'outside/file'), 'untouched');
  const root = join(home, 'staging');
  const found = members.map((member) => ({ ...headerOf(member), firstFrame: 0, offset: 0 }));
  const tree = {
    name: 'up',
    async *members() {
      yield* found;
    },
    async *content() {
      yield Buffer.alloc(0);
    },
  };
  return { home, root, done: extractTree(tree, root, signal, () => {}) };
}

const root: TestMember = { name: 'up', kind: 'directory' };

test.each<[string, readonly TestMember[]]>([
  ['an absolute path', [root, { name: '/etc/evil', kind: 'file' }]],
  ['a path of another source', [root, { name: 'other/evil', kind: 'file' }]],
  ['".."', [root, { name: 'up/../outside/evil', kind: 'file' }]],
  ['".." as the last part', [root, { name: 'up/a/..', kind: 'directory' }]],
  ['an empty part', [root, { name: 'up//evil', kind: 'file' }]],
  ['a null byte', [root, { name: 'up/a\0b', kind: 'file' }]],
  [
    'a symlink on the way',
    [
      root,
      { name: 'up/way', kind: 'symlink', linkTarget: '../outside' },
      { name: 'up/way/evil', kind: 'file' },
    ],
  ],
  [
    'a folder that is a symlink',
    [
      root,
      { name: 'up/way', kind: 'symlink', linkTarget: '../outside' },
      { name: 'up/way', kind: 'directory' },
      { name: 'up/way/evil', kind: 'file' },
    ],
  ],
  [
    'a folder replaced by a symlink',
    [
      root,
      { name: 'up/way', kind: 'directory' },
      { name: 'up/way', kind: 'symlink', linkTarget: '../outside' },
      { name: 'up/way/evil', kind: 'file' },
    ],
  ],
  [
    'the root as a symlink',
    [
      { name: 'up', kind: 'symlink', linkTarget: 'outside' },
      { name: 'up/evil', kind: 'file' },
    ],
  ],
  [
    'a hard link to the outside',
    [root, { name: 'up/evil', kind: 'hardlink', linkTarget: '../outside/file' }],
  ],
  [
    'a hard link through a symlink',
    [
      root,
      { name: 'up/way', kind: 'symlink', linkTarget: '../outside' },
      { name: 'up/evil', kind: 'hardlink', linkTarget: 'up/way/file' },
    ],
  ],
  [
    'a hard link to a symlink',
    [
      root,
      { name: 'up/way', kind: 'symlink', linkTarget: '../outside/file' },
      { name: 'up/evil', kind: 'hardlink', linkTarget: 'up/way' },
    ],
  ],
  ['a hard link to nothing', [root, { name: 'up/evil', kind: 'hardlink', linkTarget: 'up/none' }]],
])('%s is refused and nothing is written outside', async (_, members) => {
  const { home, done } = await extract(members);

  await expect(done).rejects.toMatchObject({ failure: { code: 'archive-damaged' } });

  expect(readdirSync(join(home, 'outside'))).toEqual(['file']);
  expect(lstatSync(join(home, 'outside/file')).nlink).toBe(1);
  expect(existsSync('/etc/evil')).toBe(false);
  rmSync(home, { recursive: true });
});

test('a file over a symlink of the same name replaces the link and does not follow it', async () => {
  const {
    home,
    root: at,
    done,
  } = await extract([
    root,
    { name: 'up/way', kind: 'symlink', linkTarget: '../outside/file' },
    { name: 'up/way', kind: 'fifo' },
  ]);
  await done;

  expect(lstatSync(join(at, 'way')).isFIFO()).toBe(true);
  expect(lstatSync(join(home, 'outside/file')).size).toBe('untouched'.length);
  rmSync(home, { recursive: true });
});

test('set-user-ID bits never come back; a folder keeps its group and sticky bits', async () => {
  const {
    home,
    root: at,
    done,
  } = await extract([
    root,
    { name: 'up/suid', kind: 'file', mode: 0o6755 },
    { name: 'up/shared', kind: 'directory', mode: 0o7775 },
  ]);
  await done;

  expect(lstatSync(join(at, 'suid')).mode & 0o7777).toBe(0o755);
  expect(lstatSync(join(at, 'shared')).mode & 0o7777).toBe(0o3775);
  rmSync(home, { recursive: true });
});

test('what is set later is set before its file is replaced by a link, never through the link', async () => {
  const attributes = [{ name: Buffer.from('user.a'), value: Buffer.from('v') }];
  const home = mkdtempSync(join(tmpdir(), 'kedge-hostile-'));
  const outside = join(home, 'outside');
  writeFileSync(outside, 'untouched', { mode: 0o600 });
  const extraction = beginExtraction('up', join(home, 'staging'), () => {}, signal);
  const members = [
    headerOf({ name: 'up', kind: 'directory' }),
    { ...headerOf({ name: 'up/a', kind: 'file', mode: 0o777 }), attributes },
    headerOf({ name: 'up/a', kind: 'symlink', linkTarget: outside }),
  ];
  for (const member of members)
    await extractMember(extraction, member, () => chunks(Buffer.alloc(0)));
  await finishFolders(extraction);

  expect(lstatSync(outside).mode & 0o777).toBe(0o600);
  expect(lstatSync(join(home, 'staging/a')).isSymbolicLink()).toBe(true);
  rmSync(home, { recursive: true });
});

test('content longer or shorter than announced is refused', async () => {
  const home = mkdtempSync(join(tmpdir(), 'kedge-hostile-'));
  const header = headerOf({ name: 'up/file', kind: 'file', content: 'x'.repeat(10) });
  for (const length of [9, 11]) {
    const written = writeMemberFile(join(home, `${length}`), header, bytes(length), () => {});
    await expect(written).rejects.toThrow('is not as long as announced');
  }
  rmSync(home, { recursive: true });
});

test('zeros of a file that had holes become holes, those of another do not; every byte is as it was', async () => {
  const home = mkdtempSync(join(tmpdir(), 'kedge-hostile-'));
  const content = Buffer.alloc(3_000_000);
  content.write('in the middle', 1_500_001);
  const header = { ...headerOf({ name: 'up/file', kind: 'file' }), sizeBytes: content.length };
  const [sparse, full] = [join(home, 'sparse'), join(home, 'full')];
  await writeMemberFile(sparse, { ...header, sparse: true }, chunks(content), () => {});
  await writeMemberFile(full, header, chunks(content), () => {});

  expect(readFileSync(sparse).equals(content)).toBe(true);
  expect(readFileSync(full).equals(content)).toBe(true);
  expect(lstatSync(sparse).blocks * 512).toBe(4096);
  expect(lstatSync(full).blocks * 512).toBeGreaterThanOrEqual(content.length);
  rmSync(home, { recursive: true });
});

async function* bytes(length: number) {
  yield Buffer.alloc(length, 'x');
}

async function* chunks(content: Buffer) {
  for (let at = 0; at < content.length; at += 1_000_000) {
    yield content.subarray(at, at + 1_000_000);
  }
}
