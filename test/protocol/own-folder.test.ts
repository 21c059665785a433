import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exitCodeOf, failureOf, KedgeError } from '../../protocol/failures.ts';
import { ownFolderFailure } from '../../protocol/own-folder.ts';
import { tempFolder } from '../support/temp-folder.ts';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

test('a file in the way of a folder is named', () => {
  using folder = tempFolder();
  const file = `${folder.path}/file`;
  writeFileSync(file, '');
  const error = thrownBy(() => mkdirSync(`${file}/state`));
  expect(failureOf(ownFolderFailure(error, '/elsewhere'))).toEqual({
    code: 'own-folder-unusable',
    params: { path: `${file}/state`, cause: 'a file lies where a folder must be' },
  });
});

test('a full disk is said of the folder, with the exit code of no space', () => {
  const error = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  const failure = failureOf(ownFolderFailure(error, '/var/lib/kedge'));
  expect([failure.params['path'], exitCodeOf(failure)]).toEqual(['/var/lib/kedge', 10]);
});

test('a socket that can not be made is named by its address', () => {
  const error = Object.assign(new Error('listen EACCES'), { code: 'EACCES', address: '/run/k' });
  expect(failureOf(ownFolderFailure(error, '/state')).params).toEqual({
    path: '/run/k',
    cause: 'this user may not write there',
  });
});

test('what is no error of the system, or worded already, is left as it is', () => {
  expect(ownFolderFailure(new Error('boom'), '/state')).toBeUndefined();
  expect(ownFolderFailure(new KedgeError('cancelled'), '/state')).toBeUndefined();
});
