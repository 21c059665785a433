import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openArchive } from '../../../agent/archive/archive-reader.ts';
import { openFileReader } from '../../../agent/archive/file-reader.ts';
import { runSalvage } from '../../../agent/restore/salvage/run-salvage.ts';
import type { SalvageResult } from '../../../protocol/domain/salvage.ts';
import { writeArchive, writeDifferential } from '../../support/archives.ts';
import { filesNow, filesThen, pageSize } from '../../support/changing-files.ts';
import { flipped } from '../../support/damaged-archives.ts';
import { recordedWork } from '../../support/recorded-work.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

async function take(): Promise<{ full: string; diff: string }> {
  const folder = temporaryFolder();
  const [full, diff] = [join(folder, 'full.tar.zst'), join(folder, 'diff.tar.zst')];
  await writeArchive(full, filesThen());
  await writeDifferential(diff, full, filesNow());
  return { full, diff };
}

async function salvage(path: string, base?: string): Promise<SalvageResult> {
  const folder = join(temporaryFolder(), 'saved');
  return await runSalvage({ path, folder, base }, [], recordedWork());
}

const database = Buffer.alloc(1301 * pageSize);
let at = 0;
for (const { header, content } of filesNow()) {
  if (header.name.toString() !== 'database/clinic.db' || content instanceof Uint8Array) continue;
  for await (const part of content()) {
    database.set(part, at);
    at += part.length;
  }
}

/** The place in the file of the frame in which a member's content begins. */
async function placeOf(path: string, name: string): Promise<number> {
  await using reader = await openFileReader(path);
  const archive = await openArchive(reader);
  for await (const member of archive.members()) {
    if (member.name.toString() === name) return archive.end.frames.at(member.firstFrame).offset;
  }
  throw new Error(name);
}

const lostNames = ({ lost }: SalvageResult) =>
  lost.map(({ name, reason }) => `${name}: ${reason}`).toSorted();

const made = ['database/clinic.db', 'uploads/large.bin'];

test('with its full beside it the whole backup comes back', async () => {
  const { diff } = await take();
  const result = await salvage(diff);

  expect(result).toMatchObject({ index: 'whole', members: 10, lost: [], notes: [] });
  expect(readFileSync(join(result.folder, 'database/clinic.db')).equals(database)).toBe(true);
  const uploads = readdirSync(join(result.folder, 'uploads')).toSorted();
  const names = ['changed.txt', 'large-same.bin', 'large.bin', 'latest', 'link', 'moved'];
  expect(uploads).toEqual([...names, 'new.txt', 'same.txt']);
});

test('without its full the new files come back, and what deltas make is named', async () => {
  const { full, diff } = await take();
  const elsewhere = join(temporaryFolder(), 'any name.tar.zst');
  renameSync(full, elsewhere);

  const alone = await salvage(diff);
  expect(lostNames(alone)).toEqual(made.map((name) => `${name}: full missing`));
  expect(alone.notes).toEqual([expect.stringContaining('full.tar.zst')]);
  expect(readFileSync(join(alone.folder, 'uploads/new.txt'), 'utf8')).toBe('is new');
  expect(readdirSync(alone.folder).toSorted()).toEqual(['.kedge', 'uploads']);

  expect(await salvage(diff, elsewhere)).toMatchObject({ members: 10, lost: [] });
});

test('damage in the full takes what needs it, and damage in a delta what it makes', async () => {
  const { full, diff } = await take();
  const [sound, soundDiff] = [readFileSync(full), readFileSync(diff)];
  writeFileSync(full, flipped(sound, (await placeOf(full, 'uploads/large-same.bin')) + 40));
  const first = await salvage(diff);
  const partial = join(first.folder, 'uploads/large-same.bin.kedge-partial');
  expect(lostNames(first)).toEqual(['uploads/large-same.bin: damaged']);
  expect(existsSync(partial)).toBe(true);

  writeFileSync(full, sound);
  const inDatabase = (await placeOf(full, 'database/clinic.db')) + 40;
  writeFileSync(full, flipped(sound, inDatabase));
  expect(lostNames(await salvage(diff))).toEqual(['database/clinic.db: full missing']);

  writeFileSync(full, sound);
  writeFileSync(diff, flipped(soundDiff, (await placeOf(diff, 'uploads/large.bin')) + 20));
  expect(lostNames(await salvage(diff))).toEqual(['uploads/large.bin: damaged']);
});

test('a full whose end is damaged serves as well, as long as its index is whole', async () => {
  const { full, diff } = await take();
  const sound = readFileSync(full);
  writeFileSync(full, flipped(sound, sound.length - 3, sound.length - 60));
  expect(await salvage(diff)).toMatchObject({ members: 10, lost: [], notes: [] });
});

test('with its end cut off the new files come back, and it is said that changed ones can not', async () => {
  const { diff } = await take();
  const bytes = readFileSync(diff);
  writeFileSync(diff, bytes.subarray(0, bytes.length - 1500));
  const result = await salvage(diff);

  expect(result).toMatchObject({ index: 'lost', byHash: 2, byChecksum: 0 });
  expect(lostNames(result)).toEqual(made.map((name) => `${name}: index lost`));
  expect(result.notes).toEqual([expect.stringContaining('parts of changed files')]);
  expect(readFileSync(join(result.folder, 'uploads/new.txt'), 'utf8')).toBe('is new');
  expect(existsSync(join(result.folder, 'database'))).toBe(false);
});

test('what the folder of the archive holds stays as it is', async () => {
  const { diff } = await take();
  const before = readdirSync(dirname(diff));
  mkdirSync(join(dirname(diff), 'saved'));
  await runSalvage({ path: diff, folder: join(dirname(diff), 'saved') }, [], recordedWork());
  expect(readdirSync(dirname(diff)).toSorted()).toEqual([...before, 'saved'].toSorted());
});
