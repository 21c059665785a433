import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openArchiveFile } from '../../../agent/archive/open-archive-file.ts';
import {
  bothKeys,
  recoveryKey,
  serverKey,
  strangersKey,
  writeAgeFile,
} from '../../support/age-files.ts';
import { testWith } from '../../support/require-tool.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const testAge = testWith('age');
const kib64 = 64 << 10;
const sizes = [0, 1, kib64 - 1, kib64, kib64 + 1, 2 * kib64, 5_000_000];

testAge.each(sizes)('age opens what we encrypt, %i bytes', async (size) => {
  const folder = temporaryFolder();
  const content = randomBytes(size);
  const path = join(folder, 'file.age');
  await writeAgeFile(path, content, bothKeys, 777_777);
  for (const { secret } of [serverKey, recoveryKey]) {
    expect(decryptByAge(folder, path, secret)).toEqual(content);
  }
});

testAge.each(sizes)('we open what age encrypts, %i bytes', async (size) => {
  const folder = temporaryFolder();
  const content = randomBytes(size);
  const path = join(folder, 'file.age');
  const recipients = ['-r', strangersKey.recipient, '-r', recoveryKey.recipient];
  execFileSync('age', ['-e', ...recipients, '-o', path], { input: content });
  await using file = await openArchiveFile(path, { identities: [recoveryKey.secret] });
  expect(file.sizeBytes).toBe(size);
  expect((await file.read(0, size)).equals(content)).toBe(true);
});

const testPassphrase = testWith('age', 'script');

testPassphrase('age opens what we encrypt with a passphrase, and we what age does', async () => {
  const folder = temporaryFolder();
  const content = randomBytes(200_000);
  const passphrase = 'correct horse battery';
  const ours = join(folder, 'ours.age');
  await writeAgeFile(ours, content, { kind: 'passphrase', passphrase });
  const opened = join(folder, 'opened');
  typed(`age -d -o '${opened}' '${ours}'`, `${passphrase}\n`);
  expect(readFileSync(opened).equals(content)).toBe(true);

  const theirs = join(folder, 'theirs.age');
  typed(`age -e -p -o '${theirs}' '${opened}'`, `${passphrase}\n${passphrase}\n`);
  await using file = await openArchiveFile(theirs, { identities: [], passphrase });
  expect((await file.read(0, content.length)).equals(content)).toBe(true);
});

function decryptByAge(folder: string, path: string, secret: string): Buffer {
  const key = join(folder, 'key.txt');
  writeFileSync(key, `${secret}\n`);
  return execFileSync('age', ['-d', '-i', key, path], { maxBuffer: 1 << 24 });
}

/** age asks on the terminal only. */
function typed(command: string, input: string): void {
  const { status, stdout } = spawnSync('script', ['-qec', command, '/dev/null'], { input });
  if (status !== 0) throw new Error(`${command}: ${stdout}`);
}
