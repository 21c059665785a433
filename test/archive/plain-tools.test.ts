import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lstat, mkdir, mkdtemp, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { fileMember, sampleMembers, writeArchive } from '../support/archives.ts';
import { testWith } from '../support/require-tool.ts';

let folder = '';
let path = '';
let out = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kedge-tools-'));
  path = join(folder, 'clinic.tar.zst');
  out = join(folder, 'out');
  await mkdir(out);
  await writeArchive(path, [
    ...sampleMembers(),
    { ...fileMember('db/main.sqlite', randomBytes(2_500_000)), engine: 'sqlite', pageSize: 4096 },
    fileMember('uploads/ünïcode.pdf', 'text name'),
    fileMember('uploads/old', 'x', { mtimeNs: -1_500_000_000n, uid: 3_000_000, gid: 4_000_000 }),
    fileMember('uploads/owner', 'x', { user: 'a'.repeat(40), group: 'gröup' }),
  ]);
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, {
    cwd: out,
    encoding: 'utf8',
    stdio: 'pipe',
    env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC' },
  });

testWith(
  'tar',
  'zstd',
  'sha256sum',
)('tar --zstd unpacks a full and sha256sum proves every file of it', async () => {
  run('tar', '--zstd', '-xf', path);
  const checked = run('sha256sum', '--strict', '-c', '.kedge/SHA256SUMS').trim().split('\n');
  expect(checked.every((line) => line.endsWith(': OK'))).toBe(true);
  expect(checked).toHaveLength(15);
  expect((await readFile(join(out, 'uploads/changing'))).toString()).toBe('second');
  expect(await readlink(join(out, 'uploads/latest'))).toBe('../uploads/letter.txt');
  expect((await lstat(join(out, 'uploads/pipe'))).isFIFO()).toBe(true);
  const { mtimeNs } = await lstat(join(out, 'uploads/letter.txt'), { bigint: true });
  expect(mtimeNs).toBe(1_795_213_800_123_456_789n);
  const old = await lstat(join(out, 'uploads/old'), { bigint: true });
  expect(old.mtimeNs).toBe(-1_500_000_000n);
});

testWith('tar', 'zstd')(
  'tar lists owners beyond the old fields without a word of complaint',
  () => {
    const listed = run('tar', '--zstd', '--numeric-owner', '-tvf', path);
    expect(listed).toMatch(/3000000\/4000000 .* 1969-12-31 23:59 uploads\/old/);
    expect(run('tar', '--zstd', '-tvf', path)).toMatch(`${'a'.repeat(40)}/gröup`);
  },
);

testWith(
  'bsdtar',
  'zstd',
  'sha256sum',
)('bsdtar unpacks a full to the same files', () => {
  run('bsdtar', '-xf', path);
  run('sha256sum', '--quiet', '-c', '.kedge/SHA256SUMS');
});

testWith('zstd')('zstd tests it and counts locator and seek table as skipped', () => {
  run('zstd', '-q', '-t', path);
  const [, frames, skips] = /\n\s*(\d+)\s+(\d+)\s/.exec(run('zstd', '-l', path)) ?? [];
  // Bundle, three of the database, bundle; header, content and end of the index.
  expect([frames, skips]).toEqual(['10', '2']);
});
