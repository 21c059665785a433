import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileOutput } from '../../agent/archive/archive-output.ts';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { FrameReader } from '../../agent/archive/frame-reader.ts';
import { FrameWriter } from '../../agent/archive/frame-writer.ts';
import { writeTail } from '../../agent/archive/tail-writer.ts';
import { verifyArchive } from '../../agent/archive/verify-archive.ts';
import { openChain } from '../../agent/chain/chain.ts';
import { checkedContent } from '../../agent/chain/checked-content.ts';
import { setFaultHook } from '../../agent/os/faults.ts';
import { createFile } from '../../agent/os/files.ts';
import {
  codeOf,
  emptyMember,
  fileMember,
  identity,
  memoryReader,
  signal,
  writeArchive,
} from '../support/archives.ts';
import { tempFolder } from '../support/temp-folder.ts';

const origin = { name: Buffer.from('user.origin'), value: Buffer.from('scanner') };

/** An archive whose index was changed by somebody who put all hashes right again. */
async function forge(edit: (index: string) => string): Promise<Buffer> {
  using folder = tempFolder();
  const path = join(folder.path, 'true.tar.zst');
  await writeArchive(path, [
    fileMember('files/a', 'one', { attributes: [origin], acl: 'user::rw-\n' }),
    fileMember('files/b', 'two'),
    emptyMember('files/link', 'hardlink', 'files/a'),
    fileMember('files/c', 'changing'),
    fileMember('files/c', 'changed'),
  ]);
  const reader = memoryReader(await readFile(path));
  const { end } = await openArchive(reader);
  const frames = new FrameReader(reader, end.frames);
  const forgedPath = join(folder.path, 'forged.tar.zst');
  {
    await using file = await createFile(forgedPath);
    const output = fileOutput(file, forgedPath);
    using writer = new FrameWriter(output);
    for (let frame = 0; frame < end.tailFrame; frame++) {
      const { content } = await frames.read(frame);
      const block = writer.blocks.take();
      block.set(content);
      await writer.write(block.subarray(0, content.length));
    }
    const { content: lines } = await frames.read(end.tailFrame + 1);
    const index = Buffer.from(edit(lines.toString()));
    await writeTail(writer, {
      length: index.length,
      mtimeNs: identity.capturedAtNs,
      async *chunks() {
        yield index;
      },
    });
    await output.finish();
  }
  return await readFile(forgedPath);
}

const verify = async (bytes: Buffer): Promise<unknown> =>
  await verifyArchive(memoryReader(bytes), signal, () => undefined);

async function readAll(parts: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of parts);
}

const ofA = /^\{"name":"files\/a".*$/m;

test('a forged archive whose index says the truth verifies', async () => {
  expect(await verify(await forge((index) => index))).toMatchObject({ members: 7 });
});

test.each([
  ['another name', /"files\/a"/, '"files/x"', /"files\/x": its name in the tar/],
  ['a name that climbs', /"files\/a"/, '"../a"', /line 4 of its index cannot be read/],
  ['another mode', /"mode":416/, '"mode":511', /its mode in the tar/],
  ['another owner', /"uid":1000/, '"uid":0', /its uid in the tar/],
  ['another owner by name', /"user":"clinic"/, '"user":"root"', /its owner in the tar/],
  ['another time', /"mtime":"\d+"/, '"mtime":"0"', /its mtimeNs in the tar/],
  ['another attribute', /user\.origin/, 'trusted.a', /its extended attributes in the tar/],
  ['another value of one', /"value":"\w+/, '"value":"AAAA', /its extended attributes in the tar/],
  ['an attribute of no name', /user\.origin/, '', /line 4 of its index cannot be read/],
  ['another ACL', /"acl":"user::rw-/, '"acl":"user::rwx', /its acl in the tar/],
  ['another hash', /"sha256":"\w{4}/, '"sha256":"0000', /its content has changed/],
  ['another size', /"size":3/, '"size":2', /its sizeBytes in the tar/],
  ['another place', /"offset":\d+/, '"offset":512', /it is not where the index says/],
  ['a place outside', /"offset":\d+/, '"offset":99999999', /outside of its frames/],
  ['a frame that is not there', /"frame":0/, '"frame":77', /outside of its frames/],
])('an index that gives a member %s is refused', async (_, found, replacement, problem) => {
  const forged = await forge((index) =>
    index.replace(ofA, (line) => line.replace(found, replacement)),
  );
  await expect(verify(forged)).rejects.toThrow(problem);
});

test('a file that is not what the index says is not brought out of an archive that nobody verified', async () => {
  const forged = await forge((index) =>
    index.replace(ofA, (line) => line.replace(/"sha256":"\w{4}/, '"sha256":"0000')),
  );
  await using chain = await openChain(memoryReader(forged), async () => undefined);
  const outcomes: string[] = [];
  for await (const member of chain.members()) {
    if (member.kind !== 'file') continue;
    outcomes.push(await readAll(checkedContent(chain, member, signal)).then(() => 'whole', codeOf));
  }
  expect(outcomes).toEqual(['archive-damaged', 'whole', 'whole']);
});

test('an index that leaves a member out is refused', async () => {
  const forged = await forge((index) =>
    index.replace(/^\{"name":"files\/b".*\n/m, '').replace('"memberLines":7', '"memberLines":6'),
  );
  await expect(verify(forged)).rejects.toThrow(/members that its index does not list/);
});

test('an index that points a hard link elsewhere is refused', async () => {
  const forged = await forge((index) => index.replace('"link":"files/a"', '"link":"files/b"'));
  await expect(verify(forged)).rejects.toThrow(/its link target in the tar/);
});

test.each([
  ['wrong counts of a source', (index: string) => index.replace('"bytes":13', '"bytes":14')],
  ['more lines than announced', (index: string) => `${index}{}\n`],
  ['a last line without end', (index: string) => index.slice(0, -1)],
  ['a frame at another place', (index: string) => index.replace('"at":0', '"at":1')],
  ['another format', (index: string) => index.replace('"format":2', '"format":1')],
  ['a frame without a checksum', (index: string) => index.replace(/,"crc32":"\w{8}"/, '')],
  [
    'another checksum of a frame',
    (index: string) => index.replace(/"crc32":"\w{8}/, '"crc32":"00000000'),
  ],
  [
    'two checksums of a frame',
    (index: string) => index.replace('"crc32"', `"sha256":"${'0'.repeat(64)}","crc32"`),
  ],
  ['no JSON', () => 'hello\n'],
  ['nothing', () => ''],
])('an index with %s is refused', async (_, edit) => {
  await expect(forge(edit).then(verify)).rejects.toThrow(/is damaged/);
});

test('a disk that fails in the middle is reported', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'a.tar.zst');
  let writes = 0;
  setFaultHook(({ name }) => {
    writes += name === 'write' ? 1 : 0;
    if (writes === 4) throw new Error('no space left');
  });
  try {
    const members = Array.from({ length: 30 }, (_, nth) =>
      fileMember(`files/${nth}`, randomBytes(1 << 20)),
    );
    await expect(writeArchive(path, members)).rejects.toThrow('no space left');
  } finally {
    setFaultHook(undefined);
  }
});
