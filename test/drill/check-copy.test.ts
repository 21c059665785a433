import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { IndexMember } from '../../agent/archive/member.ts';
import { checkCopy } from '../../agent/drill/check-copy.ts';
import { clearAfterDrill, makeScratch } from '../../agent/drill/scratch.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { headerOf, type TestMember } from '../support/test-member.ts';

const tree: readonly TestMember[] = [
  { name: 'uploads', kind: 'directory' },
  { name: 'uploads/a.txt', kind: 'file', content: 'one' },
  { name: 'uploads/b.txt', kind: 'file', content: 'two' },
];

function memberOf(member: TestMember): IndexMember {
  const sha256 = createHash('sha256')
    .update(member.content ?? '')
    .digest('hex');
  const hashed = member.kind === 'file' ? { sha256 } : {};
  return { ...headerOf(member), ...hashed, firstFrame: 0, offset: 0 };
}

async function checked(change: (root: string) => void) {
  const root = join(temporaryFolder(), 'uploads');
  mkdirSync(root);
  writeFileSync(join(root, 'a.txt'), 'one');
  writeFileSync(join(root, 'b.txt'), 'two');
  change(root);
  async function* members() {
    for (const member of tree) yield memberOf(member);
  }
  return await checkCopy(
    { name: 'uploads', engine: 'files', root, notes: [], members },
    6,
    recordedWork(),
  );
}

test('a copy that is what was backed up has no problem', async () => {
  const { source, problems } = await checked(() => undefined);
  expect(problems).toEqual([]);
  expect(source).toMatchObject({ members: 3, files: 2, hashed: 2, bytes: 6 });
});

test.each([
  [
    'of another content',
    (root: string) => writeFileSync(join(root, 'b.txt'), 'TWO'),
    /b\.txt": its content is not/,
  ],
  [
    'of another size',
    (root: string) => writeFileSync(join(root, 'b.txt'), 'twos'),
    /b\.txt": it has 4 bytes instead of 3/,
  ],
  ['that is gone', (root: string) => rmSync(join(root, 'b.txt')), /b\.txt": it is not there/],
])('a file %s on the disk is named', async (_what, change, words) => {
  const { problems } = await checked(change);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(words);
});

test('scratch is removed whatever the modes of its folders are', async () => {
  const parent = temporaryFolder();
  const scratch = await makeScratch(parent, 'one');
  const locked = join(scratch.data, 'locked');
  mkdirSync(locked);
  writeFileSync(join(locked, 'file'), '');
  chmodSync(locked, 0o500);
  await clearAfterDrill(parent, 'one');
  expect(existsSync(scratch.folder)).toBe(false);
});
