import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readOwnerNames } from '../../agent/os/owner-names.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

/** A getent of the test's own, first on the PATH. */
function fakeGetent(script: string): void {
  const folder = join(temporaryFolder(), 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, 'getent'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'getent'), 0o755);
  const path = process.env['PATH'];
  onTestFinished(() => {
    process.env['PATH'] = path;
  });
  process.env['PATH'] = `${folder}:${path}`;
}

test('the name of root is known from the file', () => {
  const { users, groups } = readOwnerNames();
  expect([users.get(0), groups.get(0)]).toEqual(['root', 'root']);
});

test('an id that is not in the file is asked for once, from what getent knows', () => {
  const asked = join(temporaryFolder(), 'asked');
  fakeGetent(`echo "$@" >> ${asked}; [ "$1$2" = group70001 ] && echo 'staff:x:70001:'`);
  const { users, groups } = readOwnerNames();
  const found = [70_001, 70_001, 70_002, 70_002].map((id) => groups.get(id));
  expect([...found, users.get(70_001)]).toEqual([
    'staff',
    'staff',
    undefined,
    undefined,
    undefined,
  ]);
  expect(readFileSync(asked, 'utf8')).toBe('group 70001\ngroup 70002\npasswd 70001\n');
});

test('ids go by number where there is no getent', () => {
  fakeGetent('exit 127');
  expect(readOwnerNames().users.get(70_001)).toBe(undefined);
});
