import { readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { noise, seededRandom } from '../../agent/demo/seed/random.ts';
import { FileAppender } from '../../agent/os/append-file.ts';
import { setFaultHook } from '../../agent/os/faults.ts';
import { createFile, syncFile } from '../../agent/os/files.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

afterEach(() => setFaultHook(undefined));

const random = seededRandom(17);
const content = noise(random, 9_437_001);

test.each([
  ['that begins and ends within a write', 5_000],
  ['of exactly one write', 2 << 20],
  ['of many writes and a rest', content.length],
])('a file %s holds what was appended, in order', async (_, length) => {
  const path = join(temporaryFolder(), 'file');
  await appendAll(path, content.subarray(0, length));
  expect(readFileSync(path).equals(content.subarray(0, length))).toBe(true);
});

test('a file system that takes no writes past its cache gets them through it', async () => {
  const path = join('/dev/shm', `kedge-append-${process.pid}`);
  expect(statfsSync('/dev/shm').type).not.toBe(0xef53);
  try {
    await appendAll(path, content);
    expect(readFileSync(path).equals(content)).toBe(true);
  } finally {
    rmSync(path, { force: true });
  }
});

test('the failure of a write that was under way is thrown by a later call', async () => {
  const path = join(temporaryFolder(), 'file');
  let writes = 0;
  setFaultHook(({ name }) => {
    if (name !== 'write') return;
    writes += 1;
    if (writes === 2) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
  await expect(appendAll(path, content)).rejects.toThrow('full');
  expect(writes).toBe(2);
});

test('after a write that failed nothing goes on, however often it is tried', async () => {
  const path = join(temporaryFolder(), 'file');
  await using file = await createFile(path);
  const appender = new FileAppender(file, path);
  let writes = 0;
  setFaultHook(({ name }) => {
    if (name !== 'write') return;
    writes += 1;
    if (writes === 1) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
  await expect(appender.append(content)).rejects.toThrow('full');
  await expect(appender.append(content)).rejects.toThrow('full');
  await expect(appender.finish()).rejects.toThrow('full');
});

async function appendAll(path: string, bytes: Buffer): Promise<void> {
  await using file = await createFile(path);
  const appender = new FileAppender(file, path);
  for (let at = 0; at < bytes.length; ) {
    const part = Buffer.from(bytes.subarray(at, at + random.between(1, 700_000)));
    await appender.append(part);
    // It may be used again.
    part.fill(0);
    at += part.length;
  }
  await appender.finish();
  await syncFile(file, path);
}
