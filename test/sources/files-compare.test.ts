import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { IndexMember } from '../../agent/archive/archive-reader.ts';
import { compareTree } from '../../agent/sources/files/compare.ts';
import type { ArchivedSource } from '../../agent/sources/restore-kind.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const { signal } = new AbortController();
const day = 86_400_000;
const thenMs = Date.UTC(2026, 10, 20);

function put(path: string, content: string, atMs = thenMs): void {
  writeFileSync(path, content);
  utimesSync(path, atMs / 1000, atMs / 1000);
}

function archived(files: Readonly<Record<string, string>>): ArchivedSource {
  return {
    name: 'up',
    gaps: [],
    async *members() {
      for (const [name, content] of Object.entries(files)) {
        yield {
          name: Buffer.from(`up/${name}`),
          kind: 'file',
          sizeBytes: content.length,
          mtimeNs: BigInt(thenMs) * 1_000_000n,
          sha256: createHash('sha256').update(content).digest('hex'),
        } as unknown as IndexMember;
      }
    },
    content: () => {
      throw new Error('no content is read of the backup');
    },
  };
}

async function compare(live: string, files: Readonly<Record<string, string>>) {
  const order = { source: 'up', live, leaveOut: [], archived: archived(files) };
  return await compareTree(order, signal);
}

test('new, changed and deleted files are told apart, each kind with the latest first', async () => {
  const live = temporaryFolder();
  put(join(live, 'same'), 'same');
  put(join(live, 'changed'), 'longer than before', thenMs + day);
  for (let n = 1; n <= 7; n += 1) put(join(live, `new ${n}`), 'x'.repeat(n), thenMs + n * day);
  const { files, liveBytes, bytes, problem } = await compare(live, {
    same: 'same',
    changed: 'before',
    gone: 'it is gone',
  });
  expect(problem).toBeUndefined();
  expect({ liveBytes, bytes }).toEqual({ liveBytes: 4 + 18 + 28, bytes: 4 + 6 + 10 });
  expect(files).toMatchObject({ newer: 7, changed: 1, deleted: 1, bytesNewer: 18 + 28 });
  const shown = files?.samples?.map(({ path, change, sizeBytes }) => [change, path, sizeBytes]);
  expect(shown).toEqual([
    ['new', 'new 7', 7],
    ['new', 'new 6', 6],
    ['new', 'new 5', 5],
    ['new', 'new 4', 4],
    ['new', 'new 3', 3],
    ['changed', 'changed', 18],
    ['deleted', 'gone', 10],
  ]);
});

test('a file whose time alone differs is compared by its content', async () => {
  const live = temporaryFolder();
  put(join(live, 'touched'), 'the same', thenMs + day);
  put(join(live, 'written'), 'not what', thenMs + day);
  const { files } = await compare(live, { touched: 'the same', written: 'the same' });
  expect(files).toMatchObject({ newer: 0, changed: 1, deleted: 0, examples: ['written'] });
});

test('a folder that is gone, or may not be read, is said in words', async () => {
  const live = join(temporaryFolder(), 'gone');
  expect(await compare(live, { one: '1', two: '2' })).toMatchObject({
    problem: 'nothing is there now',
    files: { newer: 0, changed: 0, deleted: 2 },
    liveBytes: 0,
  });
});

test('many files are compared by their sizes and times', async () => {
  const live = temporaryFolder();
  const names: Record<string, string> = {};
  for (let n = 0; n < 100; n += 1) mkdirSync(join(live, `f${n}`));
  for (let n = 0; n < 20_000; n += 1) {
    const name = `f${n % 100}/${n}`;
    writeFileSync(join(live, name), 'x');
    names[name] = 'xy';
  }
  const before = process.cpuUsage();
  const { files } = await compare(live, names);
  const { user, system } = process.cpuUsage(before);
  expect(files).toMatchObject({ newer: 0, changed: 20_000, deleted: 0 });
  // Ten times what it takes.
  expect((user + system) / 1e6).toBeLessThan(6);
  rmSync(live, { recursive: true });
}, 60_000);
