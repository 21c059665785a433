import { hash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import type { NewMember } from '../../agent/archive/archive-writer.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import { verifyArchive } from '../../agent/archive/verify-archive.ts';
import { type Chain, openChain } from '../../agent/chain/chain.ts';
import { findBaseIn } from '../../agent/chain/find-base.ts';
import {
  codeOf,
  fileMember,
  identity,
  signal,
  verifyCode,
  writeArchive,
  writeDifferential,
} from '../support/archives.ts';
import {
  databaseMember,
  filesNow,
  filesThen,
  textBytes,
  withPages,
} from '../support/changing-files.ts';
import { tempFolder, temporaryFolder } from '../support/temp-folder.ts';

const folderOfBoth = tempFolder();
afterAll(() => folderOfBoth[Symbol.dispose]());
const kept = folderOfBoth.path;
beforeAll(async () => {
  await writeArchive(join(kept, 'full.tar.zst'), filesThen());
  await writeDifferential(join(kept, 'diff.tar.zst'), join(kept, 'full.tar.zst'), filesNow());
});

/** A folder with copies of both. */
function copies(): { folder: string; full: string; diff: string } {
  const folder = temporaryFolder();
  const at = (name: string) => join(folder, name);
  for (const name of ['full.tar.zst', 'diff.tar.zst']) copyFileSync(join(kept, name), at(name));
  return { folder, full: at('full.tar.zst'), diff: at('diff.tar.zst') };
}

async function inChain<T>(
  path: string,
  use: (chain: Chain) => Promise<T>,
  folders: readonly string[] = [],
): Promise<T> {
  await using reader = await openFileReader(path);
  await using chain = await openChain(reader, findBaseIn(path, folders));
  return await use(chain);
}

async function contentsOf(chain: Chain): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for await (const member of chain.members()) {
    const parts: Buffer[] = [];
    if (member.kind === 'file') {
      for await (const part of chain.content(member, signal)) parts.push(Buffer.from(part));
    }
    found.set(member.name.toString(), described(member, Buffer.concat(parts)));
  }
  return found;
}

function described(header: NewMember['header'], content: Buffer): unknown {
  const { kind, mode, mtimeNs, linkTarget, sizeBytes } = header;
  return {
    kind,
    mode,
    mtimeNs,
    link: linkTarget?.toString(),
    sizeBytes,
    sha256: hash('sha256', content),
  };
}

async function expected(members: Iterable<NewMember>): Promise<ReadonlyMap<string, unknown>> {
  const all = new Map<string, unknown>();
  for (const { header, content } of members) {
    const parts: Uint8Array[] = [];
    if (content instanceof Uint8Array) parts.push(content);
    else for await (const part of content()) parts.push(Buffer.from(part));
    all.set(header.name.toString(), described(header, Buffer.concat(parts)));
  }
  return all;
}

const refusal = async (path: string, folders: readonly string[] = []): Promise<string> =>
  await inChain(path, contentsOf, folders).then(
    () => 'accepted',
    (error: unknown) => `${codeOf(error)}: ${error instanceof Error ? error.message : ''}`,
  );

test('a full and its differential give all that was there, byte for byte, and nothing that was gone', async () => {
  const { diff } = copies();
  expect(await inChain(diff, contentsOf)).toEqual(await expected(filesNow()));
});

test('the differential lists only what is new, changed or gone, and counts all that a restore brings', async () => {
  const { diff, full } = copies();
  await using reader = await openFileReader(diff);
  const archive = await openArchive(reader);
  const names: string[] = [];
  for await (const { name } of archive.members()) names.push(name.toString());
  const gone: string[] = [];
  for await (const name of archive.removed()) gone.push(name.toString());
  expect(names).toEqual([
    'database/clinic.db',
    'uploads/changed.txt',
    'uploads/large.bin',
    'uploads/moved',
    'uploads/latest',
    'uploads/new.txt',
  ]);
  expect(gone).toEqual(['uploads/gone.txt']);
  expect(archive.header.sources).toEqual([
    { name: 'database', engine: 'sqlite', members: 1, bytes: 1301 * 4096 },
    {
      name: 'uploads',
      engine: 'files',
      members: 9,
      bytes: 14 + 5 + 2 * 1_048_576 + 7 + 5_242_880 + 6,
    },
  ]);
  expect(readFileSync(diff).length).toBeLessThan(readFileSync(full).length / 4);
});

test('a differential verifies by itself', async () => {
  const { diff, full } = copies();
  rmSync(full);
  await using reader = await openFileReader(diff);
  const { members } = await verifyArchive(reader, signal, () => undefined);
  expect(members).toBe(9);
});

test('hard links come after their targets', async () => {
  const { diff } = copies();
  const seen = new Set<string>();
  await inChain(diff, async (chain) => {
    for await (const { name, linkTarget, kind } of chain.members()) {
      if (kind === 'hardlink') expect(seen).toContain(linkTarget?.toString());
      seen.add(name.toString());
    }
  });
  expect(seen.size).toBe(10);
});

test.for([
  ['nothing changed', (old: Buffer) => old],
  ['it grew by pages', (old: Buffer) => withPages(old, [1280, 1290], 1)],
  ['it shrank', (old: Buffer) => old.subarray(0, 1000 * 4096)],
  [
    'it is as it was but for each 300th page',
    (old: Buffer) => withPages(old, [5, 305, 605, 905, 1205], 2),
  ],
  ['all pages changed', (old: Buffer) => withPages(old, [...Array(1280).keys()], 3)],
  ['it is another altogether', () => textBytes(3 << 20, 99)],
  ['it fell below 1 MiB', () => textBytes(600 << 10, 98)],
] as const)('a database comes back as it was when %s', async ([, change]) => {
  const folder = temporaryFolder();
  const [full, diff] = [join(folder, 'full.tar.zst'), join(folder, 'diff.tar.zst')];
  const old = textBytes(5 << 20, 1);
  await writeArchive(full, [databaseMember(old)]);
  const now = [databaseMember(change(old))];
  await writeDifferential(diff, full, now);
  expect(await inChain(diff, contentsOf)).toEqual(await expected(now));
});

test.for([
  ['it was cut within its last block', (old: Buffer) => old.subarray(0, -70_000)],
  ['it was cut within an earlier block', (old: Buffer) => old.subarray(0, (2 << 20) + 5)],
  ['it was cut at the end of a block', (old: Buffer) => old.subarray(0, 2 << 20)],
  ['it grew within its last block', (old: Buffer) => Buffer.concat([old, textBytes(5_000, 2)])],
  ['it grew by blocks', (old: Buffer) => Buffer.concat([old, textBytes(3 << 20, 3)])],
  ['it changed and was cut', (old: Buffer) => withPages(old, [3, 600], 4).subarray(0, -70_000)],
] as const)('a large file comes back as it was when %s', async ([, change]) => {
  const folder = temporaryFolder();
  const [full, diff] = [join(folder, 'full.tar.zst'), join(folder, 'diff.tar.zst')];
  const old = textBytes((3 << 20) + 700_000, 1);
  await writeArchive(full, [fileMember('uploads/large.bin', old)]);
  const now = [fileMember('uploads/large.bin', change(old))];
  await writeDifferential(diff, full, now);
  expect(await inChain(diff, contentsOf)).toEqual(await expected(now));
  expect(readFileSync(diff).length).toBeLessThan(readFileSync(full).length);
});

test('what was read again because it changed meanwhile is there once, with its last content', async () => {
  const folder = temporaryFolder();
  const [full, diff] = [join(folder, 'full.tar.zst'), join(folder, 'diff.tar.zst')];
  await writeArchive(full, [databaseMember(textBytes(2 << 20, 1))]);
  const first = databaseMember(withPages(textBytes(2 << 20, 1), [3], 1));
  const last = databaseMember(withPages(textBytes(2 << 20, 1), [3, 9], 2));
  const { contentBytes } = await writeDifferential(diff, full, [first, last]);
  expect(await inChain(diff, contentsOf)).toEqual(await expected([last]));
  expect(contentBytes).toBe(2 << 20);
});

test('a full that was renamed is found by its id, also in another folder', async () => {
  const { diff, full, folder } = copies();
  renameSync(full, join(folder, 'some other name.tar.zst'));
  expect(await refusal(diff)).toBe('accepted');
  const elsewhere = temporaryFolder();
  renameSync(join(folder, 'some other name.tar.zst'), join(elsewhere, 'x.tar.zst'));
  expect(await refusal(diff, [elsewhere])).toBe('accepted');
});

test('a full that is gone is refused by its name', async () => {
  const { diff, full } = copies();
  rmSync(full);
  expect(await refusal(diff)).toMatch(
    /^base-missing: ".*diff\.tar\.zst" needs the full "full\.tar\.zst": /,
  );
});

test('a full that was cut is refused by its name, and so is another one of that name', async () => {
  const { diff, full } = copies();
  writeFileSync(full, readFileSync(full).subarray(0, -5000));
  expect(await refusal(diff)).toMatch(/^base-missing: .*full\.tar\.zst.*damaged/);
  rmSync(full);
  const other = join(temporaryFolder(), 'full.tar.zst');
  mkdirSync(join(other, '..'), { recursive: true });
  await writeArchive(other, [databaseMember(textBytes(2 << 20, 5))]);
  copyFileSync(other, full);
  // Of the same id, as the test's identity is fixed, with another index.
  expect(await refusal(diff)).toMatch(/^base-missing: .*full\.tar\.zst.*not what the differential/);
  expect(identity.backupId).toBe('0f3a9c1e5b7d2468');
});

test('a byte that flipped in what is needed of the full is refused with the name of the full', async () => {
  const { diff, full } = copies();
  const bytes = readFileSync(full);
  bytes.writeUInt8(bytes.readUInt8(50_000) ^ 1, 50_000);
  writeFileSync(full, bytes);
  expect(await refusal(diff)).toMatch(/^base-missing: .*full\.tar\.zst.* is damaged: frame/);
});

test('verify refuses a differential with any byte inverted, and with any byte wrong in one bit', async () => {
  const folder = temporaryFolder();
  const [full, diff] = [join(folder, 'full.tar.zst'), join(folder, 'diff.tar.zst')];
  await writeArchive(full, [databaseMember(textBytes(1 << 20, 1)), fileMember('files/a', 'a')]);
  const now = [
    databaseMember(withPages(textBytes(1 << 20, 1), [3, 9], 1)),
    fileMember('files/b', 'b'),
  ];
  await writeDifferential(diff, full, now);
  const bytes = readFileSync(diff);
  expect(await verifyCode(bytes)).toBe('accepted');
  const accepted: string[] = [];
  for (let at = 0; at < bytes.length; at++) {
    for (const mask of [0xff, 1 << (at % 8)]) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ mask, at);
      if ((await verifyCode(changed)) === 'accepted') accepted.push(`byte ${at} ^ ${mask}`);
    }
  }
  expect(accepted).toEqual([]);
  expect(bytes.length).toBeLessThan(12_000);
}, 240_000);
