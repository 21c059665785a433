import { spawnSync } from 'node:child_process';
import { copyFileSync, lstatSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import { openChain } from '../../agent/chain/chain.ts';
import { findBaseIn } from '../../agent/chain/find-base.ts';
import { signal, writeArchive, writeDifferential } from '../support/archives.ts';
import { filesNow, filesThen, sampleNow } from '../support/changing-files.ts';
import { testWith, testWithPython } from '../support/require-tool.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const reader = join(import.meta.dirname, '../support/read_archive.py');
const kept = (version: string, name: string) =>
  join(import.meta.dirname, '../archives', version, name);
const versions = ['v1', 'v2'];

async function both(): Promise<{ full: string; diff: string }> {
  const folder = temporaryFolder();
  const [full, diff] = [join(folder, 'full.tar.zst'), join(folder, 'diff.tar.zst')];
  await writeArchive(full, filesThen());
  await writeDifferential(diff, full, filesNow());
  return { full, diff };
}

/** What lies in a folder: by path the bytes of files, the target of links. */
function treeIn(folder: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    const stat = lstatSync(path);
    if (stat.isFile()) found.set(name, readFileSync(path, 'latin1'));
    else if (stat.isSymbolicLink()) found.set(name, readlinkSync(path));
  }
  return found;
}

/** The same from our own reader. */
async function treeOf(path: string): Promise<ReadonlyMap<string, string>> {
  await using file = await openFileReader(path);
  await using chain = await openChain(file, findBaseIn(path, []));
  const found = new Map<string, string>();
  for await (const member of chain.members()) {
    const name = member.name.toString();
    if (member.kind === 'symlink') found.set(name, member.linkTarget?.toString() ?? '');
    if (member.kind === 'hardlink') found.set(name, found.get(String(member.linkTarget)) ?? '');
    if (member.kind !== 'file') continue;
    const parts: Buffer[] = [];
    for await (const part of chain.content(member, signal)) parts.push(Buffer.from(part));
    found.set(name, Buffer.concat(parts).toString('latin1'));
  }
  return found;
}

const python = (...args: readonly string[]) =>
  spawnSync('/usr/bin/python3', [reader, ...args], { encoding: 'utf8' });
const testPython = testWithPython('zstandard');

testPython('a short Python reader, written from the format document, restores a full', async () => {
  const { full } = await both();
  const folder = temporaryFolder();
  expect(python(full, folder)).toMatchObject({ status: 0, stderr: '' });
  expect(treeIn(folder)).toEqual(await treeOf(full));
});

testPython('and a differential with its full', async () => {
  const { full, diff } = await both();
  const folder = temporaryFolder();
  expect(python(diff, folder, full)).toMatchObject({ status: 0, stderr: '' });
  expect(treeIn(folder)).toEqual(await treeOf(diff));
});

testPython.for(versions)('and the kept differential of format %s', async (version) => {
  const folder = temporaryFolder();
  const [full, diff] = [kept(version, 'base.tar.zst'), kept(version, 'diff.tar.zst')];
  expect(python(diff, folder, full)).toMatchObject({ status: 0, stderr: '' });
  expect(treeIn(folder)).toEqual(await treeOf(diff));
});

testWith(
  'tar',
  'zstd',
  'sha256sum',
)(
  'tar unpacks what is new in a differential, and sha256sum names what needs the full',
  async () => {
    const { full, diff } = await both();
    rmSync(full);
    const folder = temporaryFolder();
    const tar = spawnSync('tar', ['--zstd', '-xf', diff, '-C', folder], { encoding: 'utf8' });
    expect(tar).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(folder, 'uploads/new.txt'), 'utf8')).toBe('is new');
    const sums = spawnSync('sha256sum', ['--quiet', '-c', '.kedge/SHA256SUMS'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(sums.status).toBe(1);
    expect(sums.stdout.trim().split('\n')).toEqual([
      'database/clinic.db: FAILED open or read',
      'uploads/large.bin: FAILED open or read',
    ]);
    const readme = readFileSync(join(folder, '.kedge/README.txt'), 'utf8');
    expect(readme).toContain('THIS IS A DIFFERENTIAL');
    expect(readme).toContain('full.tar.zst');
  },
);

test.each(versions)(
  'the kept differential of format %s gives what it was made with',
  async (version) => {
    const folder = temporaryFolder();
    const full = join(folder, 'now.tar.zst');
    await writeArchive(full, sampleNow());
    expect(await treeOf(kept(version, 'diff.tar.zst'))).toEqual(await treeOf(full));
  },
);

test('a differential of today on a full of format 1 gives what it was made with', async () => {
  const folder = temporaryFolder();
  const [full, diff] = [join(folder, 'now.tar.zst'), join(folder, 'diff.tar.zst')];
  await writeArchive(full, sampleNow());
  copyFileSync(kept('v1', 'base.tar.zst'), join(folder, 'base.tar.zst'));
  await writeDifferential(diff, join(folder, 'base.tar.zst'), sampleNow());
  expect(await treeOf(diff)).toEqual(await treeOf(full));
});
