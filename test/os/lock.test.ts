import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tryLock } from '../../agent/os/lock.ts';
import { identifyProcess, isAlive } from '../../agent/os/process-identity.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a second one does not get the lock, and gets it when the first lets go', () => {
  using folder = tempFolder();
  const path = join(folder.path, 'lock');
  {
    using first = tryLock(path);
    using second = tryLock(path);
    expect([first === undefined, second === undefined]).toEqual([false, true]);
  }
  using third = tryLock(path);
  expect(third).toBeDefined();
});

test('the kernel frees the lock of a killed process', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'lock');
  const code = `const { tryLock } = await import(${JSON.stringify(new URL('../../agent/os/lock.ts', import.meta.url).href)});
    globalThis.held = tryLock(process.argv[1]); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, path]);
  await once(child.stdout, 'data');
  expect(tryLock(path)).toBeUndefined();
  child.kill('SIGKILL');
  await once(child, 'exit');
  using lock = tryLock(path);
  expect(lock).toBeDefined();
});

test('a process is known by pid, start and boot, and a dead one is not alive', async () => {
  const child = spawn('sleep', ['60']);
  const identity = identifyProcess(child.pid ?? 0);
  expect(identity).toBeDefined();
  if (identity === undefined) return;
  expect(isAlive({ ...identity, startTicks: '1' })).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isAlive(identity)).toBe(false);
});
