import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runExtract } from '../../agent/restore/extract.ts';
import { codeOf, writeArchive, writeDifferential } from '../support/archives.ts';
import { filesNow, filesThen } from '../support/changing-files.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

async function differential(): Promise<string> {
  const folder = temporaryFolder();
  const [full, diff] = [join(folder, 'full.tar.zst'), join(folder, 'diff.tar.zst')];
  await writeArchive(full, filesThen());
  await writeDifferential(diff, full, filesNow());
  return diff;
}

const contentIn = async (name: string) => {
  for (const { header, content } of filesNow()) {
    if (header.name.toString() !== name) continue;
    if (content instanceof Uint8Array) return Buffer.from(content);
    const parts: Uint8Array[] = [];
    for await (const part of content()) parts.push(part);
    return Buffer.concat(parts);
  }
  throw new Error(name);
};

test('files and folders come out of a differential as they were, hard links as files of their own', async () => {
  const path = await differential();
  const folder = join(temporaryFolder(), 'out');
  const paths = ['database/clinic.db', 'uploads/large.bin', 'uploads/link'];
  const result = await runExtract({ path, paths, folder }, [], recordedWork());
  expect(result).toEqual({ folder, members: 3, bytes: 1301 * 4096 + 5_242_880 });
  expect(readdirSync(folder).toSorted()).toEqual(['clinic.db', 'large.bin', 'link']);
  const database = await contentIn('database/clinic.db');
  expect(readFileSync(join(folder, 'clinic.db')).equals(database)).toBe(true);
  const large = await contentIn('uploads/large.bin');
  expect(readFileSync(join(folder, 'large.bin')).equals(large)).toBe(true);
  expect(readFileSync(join(folder, 'link'), 'utf8')).toBe('stays as it is');
});

test('without a path everything comes, and a hard link inside stays one', async () => {
  const path = await differential();
  const folder = temporaryFolder();
  await runExtract({ path, paths: [], folder }, [], recordedWork());
  expect(readdirSync(folder).toSorted()).toEqual(['database', 'uploads']);
  const inode = (name: string) => statSync(join(folder, 'uploads', name)).ino;
  expect(inode('link')).toBe(inode('same.txt'));
  expect(existsSync(join(folder, 'uploads/gone.txt'))).toBe(false);
});

test('what is there already, and what is not in the backup, is refused before anything is written', async () => {
  const path = await differential();
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'large.bin'), 'mine');
  const extract = async (...paths: string[]) =>
    await runExtract({ path, paths, folder }, [], recordedWork()).then(() => 'done', codeOf);
  expect(await extract('uploads/new.txt', 'uploads/large.bin')).toBe('already-exists');
  expect(await extract('uploads/new.txt', 'uploads/none')).toBe('not-found');
  expect(await extract('uploads/new', 'uploads')).toBe('not-found');
  expect(readdirSync(folder)).toEqual(['large.bin']);
});
