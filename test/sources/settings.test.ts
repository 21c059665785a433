import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSettings } from '../../agent/sources/settings/source.ts';
import { sourceContract } from '../contract/source.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { takeMembers } from '../support/take-members.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const sourceAt = (...paths: readonly string[]) =>
  openSettings('conf', { engine: 'settings', paths: [...paths] });

sourceContract('settings', (folder) => {
  const path = join(folder, 'app.conf');
  writeFileSync(path, 'port = 8080\n');
  return {
    source: sourceAt(path),
    missing: sourceAt(join(folder, 'none.conf')),
    live: [path],
    check(members) {
      expect(members.map(({ name, content }) => [name, content.toString()])).toEqual([
        [`conf${path}`, 'port = 8080\n'],
      ]);
    },
  };
});

test('one file of several that is missing is a gap, the others are taken', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'a.conf'), 'a');
  const taken = await takeMembers(
    sourceAt(join(folder, 'none.conf'), join(folder, 'a.conf')),
    recordedWork(),
  );
  expect(taken.members.map(({ name }) => name)).toEqual([`conf${folder}/a.conf`]);
  expect(taken.gaps).toEqual([
    {
      kind: 'file',
      source: 'conf',
      path: `${folder}/none.conf`.slice(1),
      reason: 'it does not exist',
    },
  ]);
});

test('a link is kept as a link, and what it leads to beside it', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real', 'app.conf'), 'real');
  symlinkSync('real/app.conf', join(folder, 'app.conf'));
  const { members } = await takeMembers(sourceAt(join(folder, 'app.conf')), recordedWork());
  expect(
    members.map(({ name, header, content }) => [header.kind, name, content.toString()]),
  ).toEqual([
    ['symlink', `conf${folder}/app.conf`, ''],
    ['file', `conf${folder}/real/app.conf`, 'real'],
  ]);
});

test('a folder of settings is taken with all below it', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'conf.d'));
  writeFileSync(join(folder, 'conf.d', '10.conf'), 'ten');
  const { members } = await takeMembers(sourceAt(`${folder}/conf.d/`), recordedWork());
  expect(members.map(({ name, header }) => `${header.kind} ${name}`)).toEqual([
    `directory conf${folder}/conf.d`,
    `file conf${folder}/conf.d/10.conf`,
  ]);
});
