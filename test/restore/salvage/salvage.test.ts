import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openArchive } from '../../../agent/archive/archive-reader.ts';
import type { NewMember } from '../../../agent/archive/archive-writer.ts';
import { runSalvage } from '../../../agent/restore/salvage/run-salvage.ts';
import type { SalvageResult } from '../../../protocol/domain/salvage.ts';
import { bothKeys, recoveryKey, writeAgeFile } from '../../support/age-files.ts';
import { fileMember, memoryReader, writeArchive } from '../../support/archives.ts';
import {
  damagedMembers,
  flipped,
  type Layout,
  layoutOf,
  noise,
  spared,
} from '../../support/damaged-archives.ts';
import { putTogether, takeApart } from '../../support/forge-archive.ts';
import { recordedWork } from '../../support/recorded-work.ts';
import { tempFolder, temporaryFolder } from '../../support/temp-folder.ts';

let archive: Buffer = Buffer.alloc(0);
let layout: Layout = { frames: [], members: [] };
const contents = new Map<string, Buffer>();

async function archiveOf(members: Iterable<NewMember>): Promise<Buffer> {
  using folder = tempFolder();
  const path = join(folder.path, 'a.tar.zst');
  await writeArchive(path, members);
  return await readFile(path);
}

beforeAll(async () => {
  archive = await archiveOf(damagedMembers());
  layout = await layoutOf(archive);
  for (const { header, content } of damagedMembers()) {
    if (content instanceof Uint8Array) contents.set(header.name.toString(), Buffer.from(content));
  }
});

async function salvage(bytes: Buffer): Promise<SalvageResult> {
  const path = join(temporaryFolder(), 'damaged.tar.zst');
  writeFileSync(path, bytes);
  const folder = join(temporaryFolder(), 'saved');
  return await runSalvage({ path, folder }, [], recordedWork());
}

/** Names under `files` that are there, each with the content it had. */
function savedIn(folder: string): readonly string[] {
  const names = existsSync(join(folder, 'files')) ? readdirSync(join(folder, 'files')) : [];
  const whole = names.map((name) => `files/${name}`).filter((name) => contents.has(name));
  for (const name of whole) {
    const isSame = contents.get(name)?.equals(readFileSync(join(folder, name)));
    expect([name, isSame]).toEqual([name, true]);
  }
  return whole.toSorted();
}

const inFiles = (names: readonly string[]) =>
  names.filter((name) => name.startsWith('files/')).toSorted();

const all = () => inFiles([...contents.keys()]);

test('an archive that is whole comes back whole, each file proven by its hash', async () => {
  const result = await salvage(archive);

  expect(savedIn(result.folder)).toEqual(all());
  expect(result).toMatchObject({
    index: 'whole',
    members: 85,
    byHash: 84,
    byChecksum: 0,
    lost: [],
  });
  const report = readFileSync(result.report, 'utf8').trimEnd().split('\n');
  expect(report.map((line) => JSON.parse(line))).toContainEqual({
    saved: 'files/small-3',
    kind: 'file',
    bytes: 90_003,
    proof: 'hash',
  });
});

test('with the last 5 % cut off and three frames flipped, every other member comes back', async () => {
  const cut = Math.floor(archive.length * 0.95);
  for (let seed = 0; seed < 12; seed++) {
    const dice = noise(seed, 16);
    const lost = new Set<number>();
    const places: number[] = [];
    for (let nth = 0; lost.size < 3; nth++) {
      const frame = dice.readUInt8(nth) % (layout.frames.length - 3);
      const { offset = 0, size = 1 } = layout.frames[frame] ?? {};
      // The headers of a frame as often as what is in it.
      const at = nth % 2 === 0 ? nth : (dice.readUInt16LE(nth) * 7) % size;
      if (lost.has(frame) || offset + size > cut) continue;
      lost.add(frame);
      places.push(offset + at);
    }
    const beyond = layout.frames.flatMap(({ offset, size }, frame) =>
      offset + size > cut ? [frame] : [],
    );
    const result = await salvage(flipped(archive.subarray(0, cut), ...places));

    const expected = inFiles(spared(layout, new Set([...lost, ...beyond])));
    expect(savedIn(result.folder)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(20);
    expect(result).toMatchObject({ index: 'lost', byHash: 0, byChecksum: expected.length });
    expect(result.lostCount).toBeGreaterThan(1);
  }
}, 120_000);

test('with its end whole, only what lies in a damaged frame is lost, and named', async () => {
  const small = layout.frames[1]?.offset ?? 0;
  const large = layout.frames.findIndex(
    ({ from, to }, frame) => frame > 5 && to - from === 1 << 20 && frame < 12,
  );
  const at = layout.frames[large]?.offset ?? 0;
  const result = await salvage(flipped(archive, small + 9000, at + 4000));

  const expected = inFiles(spared(layout, new Set([1, large])));
  expect(savedIn(result.folder)).toEqual(expected);
  expect(result).toMatchObject({ index: 'whole', byHash: expected.length });
  const names = result.lost.map(({ name }) => name ?? '');
  expect([...names, ...expected].toSorted()).toEqual(all());
});

test('of a large file with a lost block the rest is beside its place, with the lost bytes named', async () => {
  const member = layout.members.find(({ name }) => name === 'files/blocks');
  const frame = layout.frames.findIndex(({ to }) => to === member?.to) - 1;
  const { offset = 0 } = layout.frames[frame] ?? {};
  for (const bytes of [archive, archive.subarray(0, archive.length - 3000)]) {
    const { folder, lost } = await salvage(flipped(bytes, offset + 500));

    const partial = join(folder, 'files/blocks.kedge-partial');
    const parts = [{ at: 2 << 20, bytes: 1 << 20 }];
    expect(lost).toContainEqual({ name: 'files/blocks', reason: 'damaged', parts, partial });
    expect(existsSync(join(folder, 'files/blocks'))).toBe(false);
    const expected = Buffer.from(contents.get('files/blocks') ?? '');
    expected.fill(0, 2 << 20, 3 << 20);
    expect(readFileSync(partial).equals(expected)).toBe(true);
    expect(statSync(partial).mode & 0o777).toBe(0o640);
  }
});

test('where the headers of blocks are lost too, the blocks after the hole are placed from the end', async () => {
  const member = layout.members.find(({ name }) => name === 'files/large-30');
  const frame = layout.frames.findIndex(({ to }) => to === member?.to) - 2;
  const { offset = 0, size = 0 } = layout.frames[frame] ?? {};
  const bytes = Buffer.concat([
    archive.subarray(0, offset),
    noise(5, 300_000),
    archive.subarray(offset + size, archive.length - 3000),
  ]);
  const { folder, lost } = await salvage(bytes);

  const parts = [{ at: 1 << 20, bytes: 1 << 20 }];
  expect(lost).toContainEqual(expect.objectContaining({ name: 'files/large-30', parts }));
  const expected = Buffer.from(contents.get('files/large-30') ?? '');
  expected.fill(0, 1 << 20, 2 << 20);
  expect(readFileSync(join(folder, 'files/large-30.kedge-partial')).equals(expected)).toBe(true);
  expect(inFiles(savedIn(folder)).length).toBe(all().length - 1);
});

test('with the seek table or the locator damaged all comes back by the index', async () => {
  // The seek table is 8 bytes, 12 for each frame and the locator, 9 more; the locator has 184.
  const seekTable = 17 + 12 * (layout.frames.length + 4);
  for (const fromEnd of [1, 40, seekTable + 2, seekTable + 150]) {
    const result = await salvage(flipped(archive, archive.length - fromEnd));
    expect(savedIn(result.folder)).toEqual(all());
    expect(result).toMatchObject({ index: 'found', byHash: all().length, lost: [] });
  }
});

test('with bytes inserted or gone in the middle, only what they hit is lost', async () => {
  const { offset = 0 } = layout.frames[4] ?? {};
  for (const [cut, inserted] of [
    [0, 777],
    [123, 0],
  ] as const) {
    const bytes = Buffer.concat([
      archive.subarray(0, offset + 3000),
      noise(9, inserted),
      archive.subarray(offset + 3000 + cut),
    ]);
    const result = await salvage(bytes);
    expect(savedIn(result.folder)).toEqual(inFiles(spared(layout, new Set([4]))));
    expect(result.index).toBe('found');
  }
});

test.each(['v1', 'v2'])(
  'in an archive of format %s frames that moved are found by what its index knows them by',
  async (version) => {
    const kept = await readFile(
      join(import.meta.dirname, `../../archives/${version}/base.tar.zst`),
    );
    const { end } = await openArchive(memoryReader(kept));
    const second = end.frames.at(1).offset;
    const moved = Buffer.concat([kept.subarray(0, second), noise(9, 777), kept.subarray(second)]);
    const result = await salvage(moved);
    expect(end.tailFrame).toBeGreaterThan(2);
    expect(result).toMatchObject({ index: 'found', lost: [], byChecksum: 0 });
  },
);

test('an index of a later format is left alone, however late, and SHA256SUMS proves what comes back', async () => {
  const index = (text: string) => text.replace('"format":2', '"format":1099511627776');
  const result = await salvage(await putTogether(await takeApart(archive), { index }));
  expect(savedIn(result.folder)).toEqual(all());
  expect(result).toMatchObject({ index: 'lost', lost: [], byChecksum: 0 });
});

test('with the index lost SHA256SUMS proves what comes back and names what does not', async () => {
  const bundle = 5;
  const { offset = 0 } = layout.frames[bundle] ?? {};
  const last = layout.frames.at(-1);
  const index = (last?.offset ?? 0) + (last?.size ?? 0) + 300;
  const result = await salvage(flipped(archive, offset + 2000, index));

  const expected = inFiles(spared(layout, new Set([bundle])));
  expect(savedIn(result.folder)).toEqual(expected);
  expect(result).toMatchObject({ index: 'lost', byHash: expected.length, byChecksum: 0 });
  const names = result.lost.flatMap(({ name }) => name ?? []);
  expect(names.length).toBeGreaterThan(5);
  expect([...names, ...expected].toSorted()).toEqual(all());
});

test('frames and tars inside of uploads are never taken for the archive', async () => {
  const inner = await archiveOf([
    fileMember('files/inner-secret', 'of the archive inside'),
    fileMember('files/inner-large', noise(3, 2_300_000)),
  ]);
  const outer = await archiveOf([
    fileMember('files/first', noise(1, 900_000)),
    // It does not compress, so its frames lie in ours as they are.
    fileMember('files/backup.tar.zst', inner),
    fileMember('files/last', noise(2, 700_000)),
  ]);
  const { frames } = await layoutOf(outer);
  const { offset: end = 0, size: length = 0 } = frames.at(-1) ?? {};
  for (const frame of [1, 2, 3]) {
    for (const at of [0, 4, 9, 200_000]) {
      const { offset = 0 } = frames[frame] ?? {};
      const { folder } = await salvage(flipped(outer.subarray(0, end + length), offset + at));
      expect(existsSync(join(folder, 'files/inner-secret'))).toBe(false);
      expect(existsSync(join(folder, 'files/inner-large'))).toBe(false);
      expect(
        existsSync(join(folder, 'files/first')) || existsSync(join(folder, 'files/last')),
      ).toBe(true);
    }
  }
});

test('an encrypted archive is salvaged too, around damaged chunks and when it is cut', async () => {
  const path = join(temporaryFolder(), 'a.tar.zst.age');
  await writeAgeFile(path, archive, bothKeys);
  const sealed = readFileSync(path);
  const work = { ...recordedWork(), keys: { identities: [recoveryKey.secret] } };
  const header = sealed.length - Math.ceil(archive.length / 65_536) * 16 - archive.length;
  const { offset = 0 } = layout.frames[5] ?? {};
  const inFrame = header + offset + Math.ceil(offset / 65_536) * 16 + 100;
  for (const length of [sealed.length, sealed.length - 70_000]) {
    writeFileSync(path, flipped(sealed.subarray(0, length), inFrame));
    const folder = join(temporaryFolder(), 'saved');
    const result = await runSalvage({ path, folder }, [], work);

    const hit = Math.floor(offset / 65_536) * 65_536;
    const lost = layout.frames.flatMap((frame, nth) => {
      const isHit = frame.offset < hit + 65_536 && frame.offset + frame.size > hit;
      const isCut = length < sealed.length && frame.offset + frame.size > archive.length - 131_072;
      return isHit || isCut ? [nth] : [];
    });
    const expected = inFiles(spared(layout, new Set(lost)));
    expect(savedIn(result.folder)).toEqual(expect.arrayContaining([...expected]));
    expect(expected.length).toBeGreaterThan(50);
    expect(result.index).toBe(length === sealed.length ? 'whole' : 'lost');
  }
});
