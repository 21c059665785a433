import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readDaemonWords } from '../../agent/daemon-words.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const daemon = fileURLToPath(new URL('../../agent/main.ts', import.meta.url));

function run(...args: readonly string[]) {
  const env = { ...process.env, KEDGE_HOME: temporaryFolder() };
  return spawnSync(process.execPath, [daemon, ...args], { encoding: 'utf8', env });
}

test.each(['--help', '-h'])('kedge daemon %s tells what it does and starts nothing', (flag) => {
  const { status, stdout, stderr } = run(flag);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('KEDGE_HOME');
});

test('kedge daemon refuses a word that it does not take, by its name', () => {
  const { status, stdout, stderr } = run('--nope');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('--nope: "kedge daemon" does not take it');
  expect(() => readDaemonWords(['serve'])).toThrow('serve: "kedge daemon" does not take it');
});

test('the words of a demo are read', () => {
  const words = { help: false, demo: true, postgres: true, removeDemo: false };
  expect(readDaemonWords(['--demo', '--postgres'])).toEqual(words);
  expect(readDaemonWords(['--remove-demo']).removeDemo).toBe(true);
});
