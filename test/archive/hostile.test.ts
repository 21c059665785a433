import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants as zlib, zstdCompressSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import type { Locator } from '../../agent/archive/locator.ts';
import { decompressFrame } from '../../agent/archive/zstd-frame.ts';
import { openChain } from '../../agent/chain/chain.ts';
import {
  codeOf,
  fileMember,
  memoryReader,
  signal,
  verifyCode,
  writeArchive,
  writeDifferential,
} from '../support/archives.ts';
import { sampleNow, sampleThen } from '../support/changing-files.ts';
import { type Forgery, type Parts, putTogether, takeApart } from '../support/forge-archive.ts';
import { tempFolder } from '../support/temp-folder.ts';

let small: Parts;
let base: Buffer;
let differential: Parts;
let parentOfNone: Buffer;

beforeAll(async () => {
  using folder = tempFolder();
  const at = (name: string): string => join(folder.path, name);
  await writeArchive(at('small'), [fileMember('files/a', 'one'), fileMember('files/b', 'two')]);
  await writeArchive(at('base'), sampleThen());
  await writeDifferential(at('diff'), at('base'), sampleNow());
  small = await takeApart(readFileSync(at('small')));
  base = readFileSync(at('base'));
  parentOfNone = readFileSync(at('diff'));
  differential = await takeApart(parentOfNone);
});

const code = async (parts: Parts, forgery?: Forgery) =>
  await verifyCode(await putTogether(parts, forgery));

/** What reading a whole chain answers. */
async function chainCode(diff: Buffer, full: Buffer = base): Promise<string> {
  try {
    await using chain = await openChain(memoryReader(diff), async () =>
      memoryReader(full, '/base'),
    );
    for await (const member of chain.members()) {
      if (member.kind !== 'file') continue;
      for await (const _ of chain.content(member, signal));
    }
    return 'accepted';
  } catch (error) {
    return codeOf(error);
  }
}

/** MiB that the memory of this process grew by at most while something ran. */
async function growthOf(act: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  await act().finally(() => clearInterval(timer));
  return (Math.max(most, process.memoryUsage().rss) - before) / 2 ** 20;
}

test('what is put together as it was is accepted, so that each refusal is due to the lie', async () => {
  expect(await code(small)).toBe('accepted');
  expect(await chainCode(await putTogether(differential))).toBe('accepted');
});

test('a frame that unpacks to a gigabyte is refused without unpacking it', async () => {
  const bomb = zstdCompressSync(Buffer.alloc(1 << 30), {
    params: { [zlib.ZSTD_c_checksumFlag]: 1 },
  });
  const grown = await growthOf(async () => {
    expect(await code(small, { compress: async () => bomb })).toBe('archive-damaged');
  });
  expect(grown).toBeLessThan(100);
}, 60_000);

test('a frame of more than 8 MiB is refused, and one that asks for a window of 128 MiB', async () => {
  const frames = [Buffer.alloc(9 << 20), ...small.frames.slice(1)];
  expect(await code({ ...small, frames })).toBe('archive-damaged');
  const windowed = zstdCompressSync(Buffer.alloc(2000), {
    params: { [zlib.ZSTD_c_windowLog]: 27, [zlib.ZSTD_c_checksumFlag]: 1 },
  });
  // Frame header by hand: no content size, not a single segment, a window of 2^27.
  const content = windowed.subarray(windowed.indexOf(Buffer.from([0x00, 0x01])) + 2);
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04, (27 - 10) << 3]);
  await expect(decompressFrame(Buffer.concat([header, content]), 2000)).rejects.toThrow();
});

const fields: readonly (keyof Locator)[] = [
  'version',
  'flags',
  'tailOffset',
  'tailLength',
  'tailTarOffset',
  'indexTarOffset',
  'indexLength',
];

test.each(fields)('a locator that lies about its %s is refused', async (field) => {
  const truth: Record<string, number> = {};
  const { end } = await openArchive(memoryReader(await putTogether(small)));
  truth[field] = Number(end.locator[field]);
  for (const lie of [
    0,
    1,
    (truth[field] ?? 0) + 1,
    (truth[field] ?? 0) - 1,
    2 ** 31,
    2 ** 53 - 1,
  ]) {
    const value = field === 'version' || field === 'flags' ? lie % 2 ** 31 : lie;
    if (value === truth[field] || value < 0) continue;
    const answer = await code(small, { locator: { [field]: value } });
    expect([value, answer]).toEqual([value, expect.stringMatching(/^archive-(damaged|newer)$/)]);
  }
});

test.each(['indexSha256', 'tailSha256', 'seekTableSha256'] as const)(
  'a locator with another %s is refused',
  async (field) => {
    expect(await code(small, { locator: { [field]: Buffer.alloc(32, 7) } })).toBe(
      'archive-damaged',
    );
  },
);

test('a seek table that lies about any size, checksum, count or total is refused', async () => {
  const accepted: string[] = [];
  const table = await tableOf(small);
  for (let at = 0; at + 4 <= table.length; at += 4) {
    for (const lie of [0, 1, 0x7fff_ffff, 0xffff_ffff, (table.readUInt32LE(at) + 1) % 2 ** 32]) {
      if (table.readUInt32LE(at) === lie) continue;
      const seekTable = (bytes: Buffer): Buffer => {
        bytes.writeUInt32LE(lie, at);
        return bytes;
      };
      const answer = await code(small, { seekTable });
      if (!/^archive-(damaged|not-ours)$/.test(answer)) accepted.push(`${at}: ${lie}: ${answer}`);
    }
  }
  expect(accepted).toEqual([]);
}, 60_000);

async function tableOf(parts: Parts): Promise<Buffer> {
  let table: Buffer = Buffer.alloc(0);
  await putTogether(parts, {
    seekTable: (bytes) => {
      table = Buffer.from(bytes);
      return bytes;
    },
  });
  return table;
}

/** One value of the line that matches, and all hashes right. */
const withLine = (parts: Parts, found: RegExp, change: Record<string, unknown>): Parts => ({
  ...parts,
  lines: parts.lines.map((line) =>
    found.test(line) ? JSON.stringify({ ...JSON.parse(line), ...change }) : line,
  ),
});

const header = /^\{"format"/;
const ofA = /^\{"name":"files\/a"/;

test.each<[string, RegExp, Record<string, unknown>]>([
  ['fewer members', header, { memberLines: 1 }],
  ['more members', header, { memberLines: 2 ** 40 }],
  ['fewer frames', header, { frameLines: 0 }],
  ['removed names, though it is a full', header, { removedLines: 0 }],
  ['blocks of another size', header, { blockSize: 2 ** 40 }],
  ['blocks of a byte', header, { blockSize: 1 }],
  ['a negative count', header, { memberLines: -1 }],
  ['a member beyond the tar', ofA, { size: 2 ** 50 }],
  ['a member in a frame of the tail', ofA, { frame: 1 }],
  ['a member that ends in the tail', ofA, { size: 8192 }],
  ['a member made of deltas in a full', ofA, { deltas: 3 }],
  ['an owner that the system takes for none', ofA, { uid: 2 ** 32 - 1 }],
])('an index that announces %s is refused', async (_, found, change) => {
  expect(await code(withLine(small, found, change))).toBe('archive-damaged');
});

test('an index that lists a name twice is refused', async () => {
  const line = small.lines.find((one) => ofA.test(one)) ?? '';
  const twice = small.lines.flatMap((one) => (one === line ? [one, one] : [one]));
  const lines = withLine({ ...small, lines: twice }, header, { memberLines: 6 }).lines;
  expect(await code({ ...small, lines })).toBe('archive-damaged');
});

test('a line that JSON would blow up is refused before it is parsed', async () => {
  const bomb = `${'['.repeat(3_000_000)}${']'.repeat(3_000_000)}`;
  const lines = [`{"format":1,"x":${bomb}}`, ...small.lines.slice(1)];
  const grown = await growthOf(async () => {
    expect(await code({ ...small, lines })).toBe('archive-damaged');
  });
  expect(grown).toBeLessThan(250);
});

const made = /"deltas":/;

test.each<[string, Record<string, unknown>]>([
  ['a size that no delta brings', { size: 2 ** 50 }],
  ['no size', { size: 0 }],
  ['pages of a byte', { pageSize: 1 }],
  ['pages of no byte', { pageSize: 0 }],
  ['pages larger than a block', { pageSize: 2 ** 40 }],
  ['more delta frames than there are', { deltas: 2 ** 40 }],
  ['delta frames that are not there', { frame: 2 ** 40 }],
  ['another hash', { sha256: '0'.repeat(64) }],
])('a member made of deltas with %s is refused', async (_, change) => {
  const forged = await putTogether(withLine(differential, made, change));
  expect(await chainCode(forged)).toMatch(/^(archive-damaged|base-missing)$/);
});

test.each<[string, Record<string, unknown>]>([
  ['pages beyond the end', { pages: [2 ** 31, 1] }],
  ['pages in no order', { pages: [5, 1, 3, 1] }],
  ['pages without end', { pages: [0, 2 ** 31] }],
  ['more pages than a frame may have', { pages: [0, 65], length: 65 * 4096 }],
  ['pages that are no runs', { pages: [1] }],
  ['both pages and a block', { pages: [0, 1], block: 0 }],
  ['neither', { pages: undefined, block: undefined }],
  ['a length beyond 8 MiB', { length: 2 ** 33 }],
  ['no length', { length: 0 }],
])('a delta frame of %s is refused', async (_, change) => {
  const frameLines = differential.frameLines.map((line) =>
    'pages' in line || 'block' in line ? { ...line, ...change } : line,
  );
  const forged = await putTogether({ ...differential, frameLines });
  expect(await chainCode(forged)).toMatch(/^(archive-damaged|base-missing)$/);
});

test('a differential of a differential is refused', async () => {
  const of = await openArchive(memoryReader(parentOfNone));
  const id = { id: of.header.backupId, indexSha256: of.indexSha256, fileName: 'base' };
  const forged = await putTogether(withLine(differential, header, { base: id, backupId: 'other' }));
  expect(await chainCode(forged, parentOfNone)).toBe('base-missing');
});

test('100,000 members are verified and listed in bounded memory', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'many');
  const members = Array.from({ length: 100_000 }, (_, nth) => fileMember(`files/${nth}`, ''));
  await writeArchive(path, members);
  const bytes = readFileSync(path);
  let listed = 0;
  const grown = await growthOf(async () => {
    expect(await verifyCode(bytes)).toBe('accepted');
    for await (const _ of (await openArchive(memoryReader(bytes))).members()) listed += 1;
  });
  expect(listed).toBe(100_000);
  expect(grown).toBeLessThan(200);
}, 120_000);

test('20,000 nested levels in one name are verified', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'deep');
  await writeArchive(path, [fileMember(`files/${'d/'.repeat(20_000)}end`, 'deep')]);
  expect(await verifyCode(readFileSync(path))).toBe('accepted');
});
