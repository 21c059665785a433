import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileOutput } from '../../agent/archive/archive-output.ts';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { type NewMember, openArchiveWriter } from '../../agent/archive/archive-writer.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import type { IndexMember } from '../../agent/archive/member.ts';
import { verifyArchive } from '../../agent/archive/verify-archive.ts';
import { createFile } from '../../agent/os/files.ts';
import {
  codeOf,
  emptyMember,
  fileMember,
  identity,
  memberHeader,
  sampleMembers,
  signal,
  writeArchive,
} from '../support/archives.ts';

const mib = 1 << 20;
let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kedge-archive-'));
  path = join(folder, 'clinic.tar.zst');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

interface Read {
  readonly members: readonly IndexMember[];
  readonly contents: ReadonlyMap<string, Buffer>;
}

async function readAll(): Promise<Read> {
  await using reader = await openFileReader(path);
  const archive = await openArchive(reader);
  const members: IndexMember[] = [];
  const contents = new Map<string, Buffer>();
  for await (const member of archive.members()) {
    const parts: Buffer[] = [];
    for await (const part of archive.content(member, signal)) parts.push(Buffer.from(part));
    members.push(member);
    contents.set(member.name.toString('latin1'), Buffer.concat(parts));
  }
  return { members, contents };
}

function headersOf(members: Iterable<NewMember>): unknown[] {
  const last = new Map<string, unknown>();
  for (const { header } of members) {
    last.delete(header.name.toString('latin1'));
    last.set(header.name.toString('latin1'), header);
  }
  return [...last.values()];
}

test('every kind of member and every odd name comes back with all its metadata', async () => {
  await writeArchive(path, sampleMembers());
  const { members } = await readAll();
  const headers = members.map(
    ({ firstFrame: _f, offset: _o, sha256: _s, engine: _e, ...header }) => header,
  );
  expect(headers).toEqual(headersOf(sampleMembers()));
});

test('of a name that comes twice the last content counts', async () => {
  await writeArchive(path, sampleMembers());
  const { contents } = await readAll();
  expect(contents.get('uploads/changing')?.toString()).toBe('second');
});

test('sizes around the block of a tar and of a frame come back exactly', async () => {
  const sizes = [0, 1, 511, 512, 513, 1023, 1024];
  for (const near of [mib - 1536, mib - 1024, mib - 512, mib, mib + 512, 2 * mib]) {
    sizes.push(near - 1, near, near + 1);
  }
  const members = sizes.map((size) => fileMember(`files/${size}`, randomBytes(size)));
  await writeArchive(path, members);
  const { contents } = await readAll();
  for (const { header, content } of members) {
    const found = contents.get(header.name.toString());
    expect(found?.equals(Buffer.from(content as Uint8Array)), header.name.toString()).toBe(true);
  }
});

test('a large member as a stream of uneven chunks that reuse one buffer comes back exactly', async () => {
  const bytes = randomBytes(3 * mib + 12_345);
  const scratch = Buffer.alloc(70_001);
  const content = async function* () {
    for (let at = 0; at < bytes.length; at += scratch.length) {
      const length = bytes.copy(scratch, 0, at);
      yield scratch.subarray(0, length);
    }
  };
  let seen = 0;
  await using file = await createFile(path);
  await using writer = await openArchiveWriter(
    fileOutput(file, path, true),
    path,
    identity,
    signal,
  );
  const header = memberHeader('db/main.sqlite', { sizeBytes: bytes.length });
  await writer.add({ header, content, engine: 'sqlite', pageSize: 4096 }, (count) => {
    seen += count;
  });
  await writer.finish({ outcome: 'complete', gaps: [] });
  const { contents, members } = await readAll();
  expect(contents.get('db/main.sqlite')?.equals(bytes)).toBe(true);
  expect(members[0]).toMatchObject({ offset: 0, engine: 'sqlite', pageSize: 4096, pagesOffset: 0 });
  expect(seen).toBe(bytes.length);
});

test('the header says what, whose, when, and the counts of each source', async () => {
  const gaps = [{ kind: 'file', source: 'uploads', path: 'gone', reason: 'it vanished' }] as const;
  await using file = await createFile(path);
  await using writer = await openArchiveWriter(
    fileOutput(file, path, true),
    path,
    identity,
    signal,
  );
  for (const member of sampleMembers()) await writer.add(member, () => undefined);
  const totals = await writer.finish({ outcome: 'complete with named gaps', gaps });
  await using reader = await openFileReader(path);
  const archive = await openArchive(reader);
  const { applicationConfig, ...expected } = identity;
  expect(archive.header).toMatchObject({
    format: 2,
    ...expected,
    outcome: 'complete with named gaps',
    gaps,
    contentBytes: totals.contentBytes,
  });
  expect(totals.sources).toEqual([
    { name: 'uploads', engine: 'files', members: 10, bytes: 40 },
    { name: 'settings', engine: 'files', members: 1, bytes: 23 },
  ]);
  expect(await archive.text('.kedge/application.jsonc')).toBe(applicationConfig);
});

test('verify agrees with the writer on members, bytes and the hash of the file', async () => {
  const totals = await writeArchive(path, sampleMembers());
  await using reader = await openFileReader(path);
  const done: number[] = [];
  const verified = await verifyArchive(reader, signal, (bytes) => done.push(bytes));
  expect(verified).toEqual({
    frames: 1,
    members: 14,
    contentBytes: totals.contentBytes,
    sha256: totals.sha256,
  });
  expect(done.at(-1)).toBe((await readFile(path)).length);
});

test('twenty thousand members spill over to the spools and come back', async () => {
  const members = Array.from({ length: 20_000 }, (_, nth) => fileMember(`files/${nth}`, `${nth}`));
  members.push(fileMember('files/7', 'seven'), emptyMember('files/link', 'hardlink', 'files/7'));
  await writeArchive(path, members);
  await using reader = await openFileReader(path);
  const { members: count } = await verifyArchive(reader, signal, () => undefined);
  expect(count).toBe(20_004);
});

test.each([
  ['absolute', '/etc/passwd'],
  ['leaving its folder', 'files/../../etc/passwd'],
  ['empty', ''],
  ['with NUL', 'files/a\0b'],
  ['with an empty part', 'files//a'],
  ['reserved', '.kedge/index'],
])('a name that is %s is refused by the writer', async (_, name) => {
  await expect(writeArchive(path, [fileMember(name, 'x')])).rejects.toThrow(/cannot be a member/);
});

test.each([
  ['fewer', 10],
  ['more', 12],
])('a member that gives %s bytes than announced is refused', async (_, length) => {
  const member = fileMember('files/a', Buffer.alloc(length), { sizeBytes: 11 });
  await expect(writeArchive(path, [member])).rejects.toThrow(/announced with 11 bytes/);
});

test('a cancelled backup stops in the middle of a member', async () => {
  const controller = new AbortController();
  const content = async function* () {
    for (let nth = 0; nth < 100; nth++) {
      if (nth === 3) controller.abort();
      yield Buffer.alloc(mib);
    }
  };
  await using file = await createFile(path);
  await using writer = await openArchiveWriter(
    fileOutput(file, path, true),
    path,
    identity,
    controller.signal,
  );
  const header = memberHeader('files/a', { sizeBytes: 100 * mib });
  const adding = writer.add({ header, content, engine: 'files' }, () => undefined);
  await expect(adding).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
});

test('an empty file, a text and another tar.zst are not ours', async () => {
  const { zstdCompressSync } = await import('node:zlib');
  const { verifyCode } = await import('../support/archives.ts');
  const codes = [
    await verifyCode(Buffer.alloc(0)),
    await verifyCode(Buffer.from('hello, this is no archive')),
    await verifyCode(zstdCompressSync(Buffer.alloc(2048, 'other data'))),
  ];
  expect(codes).toEqual(['archive-not-ours', 'archive-not-ours', 'archive-not-ours']);
});

test('a missing file says which', async () => {
  const opening = openFileReader(join(folder, 'none'));
  expect(codeOf(await opening.catch((error: unknown) => error))).toBe('io-failed');
});
