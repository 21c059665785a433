import { execFileSync } from 'node:child_process';
import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFiles } from '../../agent/sources/files/source.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { testWith } from '../support/require-tool.ts';
import { takeMembers } from '../support/take-members.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const toolTest = testWith('getfattr', 'setfattr');
const MiB = 1024 * 1024;
const sourceAt = (path: string) => openFiles('uploads', { engine: 'files', path });
const setOrigin = (value: string, path: string) =>
  execFileSync('setfattr', ['-n', 'user.origin', '-v', value, path]);

toolTest('attributes that change after they were read are read again with their file', async () => {
  const path = temporaryFolder();
  writeFileSync(join(path, 'a large'), Buffer.alloc(2 * MiB));
  for (const name of ['large', 'replaced', 'small', 'untouched']) {
    writeFileSync(join(path, name), name === 'large' ? Buffer.alloc(MiB) : name);
    setOrigin('before', join(path, name));
  }
  writeFileSync(join(path, 'new'), 'new');
  setOrigin('another file', join(path, 'new'));
  const { members } = await takeMembers(sourceAt(path), recordedWork(), {
    onBlock: (name, block) => {
      if (name !== 'uploads/a large' || block !== 1) return;
      setOrigin('after', join(path, 'large'));
      setOrigin('after', join(path, 'small'));
      renameSync(join(path, 'new'), join(path, 'replaced'));
    },
  });
  const found = members.map(({ name, header }) => [
    name.slice('uploads/'.length),
    header.attributes?.map(({ value }) => value.toString()),
  ]);
  expect(found.slice(1)).toEqual([
    ['a large', undefined],
    ['large', ['after']],
    ['replaced', ['another file']],
    ['small', ['after']],
    ['untouched', ['before']],
  ]);
});

test('a file with holes is marked, one without and one of zeros are not', async () => {
  const path = temporaryFolder();
  execFileSync('truncate', ['-s', '3M', join(path, 'holes')]);
  writeFileSync(join(path, 'plain'), 'plain');
  writeFileSync(join(path, 'zeros'), Buffer.alloc(3 * MiB));
  const { members } = await takeMembers(sourceAt(path), recordedWork());
  expect(members.map(({ header }) => header.sparse)).toEqual([
    undefined,
    true,
    undefined,
    undefined,
  ]);
});

test('a symlink with a second name is a symlink and a hard link to it', async () => {
  const path = temporaryFolder();
  symlinkSync('nowhere', join(path, 'first'));
  execFileSync('ln', ['-P', join(path, 'first'), join(path, 'second')]);
  const { members } = await takeMembers(sourceAt(path), recordedWork());
  const found = members.map(({ header: { kind, linkTarget, toSymlink } }) => [
    kind,
    linkTarget?.toString(),
    toSymlink,
  ]);
  expect(found.slice(1)).toEqual([
    ['symlink', 'nowhere', undefined],
    ['hardlink', 'uploads/first', true],
  ]);
});
