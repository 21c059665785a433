import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSmallFile } from '../../agent/sources/tree/read-file.ts';
import { asOtherUser } from '../support/as-other-user.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { testWith } from '../support/require-tool.ts';
import { takeMembers } from '../support/take-members.ts';
import { kinds, MiB, sourceAt } from '../support/taken-files.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

testWith('mkfifo')('a FIFO is taken without being opened', async () => {
  const path = temporaryFolder();
  execFileSync('mkfifo', [join(path, 'pipe')]);
  const taken = await takeMembers(sourceAt(path), recordedWork());
  expect(kinds(taken)).toEqual(['directory uploads', 'fifo uploads/pipe']);
});

testWith('mkfifo')('a file that became a FIFO since it was listed does not hang the reader', () => {
  const pipe = join(temporaryFolder(), 'pipe');
  execFileSync('mkfifo', [pipe]);
  expect(readSmallFile(Buffer.from(pipe), Buffer.alloc(10))).toEqual({ kind: 'not-a-file' });
});

test('a socket is named as a gap', async () => {
  const path = temporaryFolder();
  const server = createServer().listen(join(path, 'app.sock'));
  const taken = await takeMembers(sourceAt(path), recordedWork());
  server.close();
  expect(kinds(taken)).toEqual(['directory uploads']);
  expect(taken.gaps).toMatchObject([
    { path: 'app.sock', reason: 'it is a socket, which has no content to keep' },
  ]);
});

test('a device is named as a gap and not opened', async () => {
  const taken = await takeMembers(sourceAt('/dev', ['[!n]*', 'n[!u]*']), recordedWork());
  expect(taken.gaps).toContainEqual({
    kind: 'file',
    source: 'uploads',
    path: 'null',
    reason: 'it is a device, which is not backed up',
  });
});

test('a file and a folder that Kedge may not read are gaps, and the rest is taken', async () => {
  const path = temporaryFolder();
  mkdirSync(join(path, 'closed'));
  writeFileSync(join(path, 'closed', 'inside'), 'x');
  writeFileSync(join(path, 'open'), 'x');
  writeFileSync(join(path, 'secret'), 'x');
  chmodSync(join(path, 'secret'), 0o000);
  chmodSync(join(path, 'closed'), 0o000);
  const { taken, preflight } = await asOtherUser(async () => ({
    preflight: await sourceAt(path).preflight(new AbortController().signal),
    taken: await takeMembers(sourceAt(path), recordedWork()),
  }));
  chmodSync(join(path, 'closed'), 0o700);
  expect(kinds(taken)).toEqual([
    'directory uploads',
    'directory uploads/closed',
    'file uploads/open',
  ]);
  expect(taken.gaps.map(({ path, reason }) => [path, reason])).toEqual([
    ['closed', 'it cannot be read: permission denied'],
    ['secret', 'it cannot be read: permission denied'],
  ]);
  expect(preflight.warnings).toEqual([
    'source "uploads": 1 files or folders cannot be read and will be missing',
  ]);
});

test('a folder that Kedge may not read at all is refused', async () => {
  const path = join(temporaryFolder(), 'closed');
  mkdirSync(path, { mode: 0o000 });
  await asOtherUser(async () => {
    const { problem } = await sourceAt(path).preflight(new AbortController().signal);
    expect(problem?.code).toBe('source-unreadable');
  });
  chmodSync(path, 0o755);
});

test('excluded paths, folders of Kedge and other stores are left out', async () => {
  const path = temporaryFolder();
  for (const folder of ['cache/deep', 'keep', '.kedge', 'keep/.kedge-staging', 'backups']) {
    mkdirSync(join(path, folder), { recursive: true });
    writeFileSync(join(path, folder, 'file'), 'x');
  }
  writeFileSync(join(path, 'backups', '.kedge-store.json'), '{"version":1,"id":"x"}');
  writeFileSync(join(path, 'keep', 'old.tmp'), 'x');
  writeFileSync(join(path, 'keep', '.hidden.tmp'), 'x');
  writeFileSync(join(path, 'keep', 'two\nlines.tmp'), 'x');
  writeFileSync(join(path, '.kedge-notes'), 'a file of the user');
  const taken = await takeMembers(sourceAt(path, ['cache', '**/*.tmp']), recordedWork());
  expect({ kinds: kinds(taken), gaps: taken.gaps }).toEqual({
    kinds: [
      'directory uploads',
      'file uploads/.kedge-notes',
      'directory uploads/keep',
      'file uploads/keep/file',
    ],
    gaps: [],
  });
});

test('a source that is a link to a folder takes the folder', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real', 'a'), 'a');
  symlinkSync('real', join(folder, 'link'));
  const taken = await takeMembers(sourceAt(join(folder, 'link')), recordedWork());
  expect(kinds(taken)).toEqual(['directory uploads', 'file uploads/a']);
});

test('a cancel between two members ends the reading', async () => {
  const path = temporaryFolder();
  for (let file = 0; file < 5; file += 1)
    writeFileSync(join(path, `large-${file}`), Buffer.alloc(MiB));
  const work = recordedWork();
  let blocks = 0;
  const taking = takeMembers(sourceAt(path), work, {
    onBlock: () => {
      blocks += 1;
      if (blocks === 2) work.cancel();
    },
  });
  await expect(taking).rejects.toThrow('aborted');
  expect(blocks).toBe(2);
});
