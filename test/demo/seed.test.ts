import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { clinicPaths, seedDemo } from '../../agent/demo/seed.ts';
import { smallSeed, temporaryFolder } from './small-demo.ts';

const tables = ['patients', 'visits', 'notes', 'appointments', 'invoices', 'documents'];

test('the demo has over 50 MB of database and 500 uploads, and says how far it is', async () => {
  await using folder = await temporaryFolder();
  const fractions: number[] = [];
  const startedMs = performance.now();
  await seedDemo(folder.path, {
    signal: smallSeed.signal,
    onProgress: (fraction) => fractions.push(fraction),
  });
  process.stdout.write(`demo seeded in ${Math.round(performance.now() - startedMs)} ms\n`);
  const paths = clinicPaths(folder.path);
  expect((await stat(paths.database)).size).toBeGreaterThan(50 * 1024 ** 2);
  const sizes = [...(await uploadsIn(paths.uploads)).values()].map(({ length }) => length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  expect(sizes.length).toBe(500);
  expect(Math.min(...sizes)).toBeGreaterThan(1_000);
  expect(Math.max(...sizes)).toBeLessThan(300_000);
  expect(total).toBeGreaterThan(20_000_000);
  expect(total).toBeLessThan(30_000_000);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect([fractions[0], fractions.at(-1)]).toEqual([0, 1]);
  expect(fractions.length).toBeGreaterThan(20);
});

test('the rows of the demo fit each other and its files', async () => {
  await using folder = await temporaryFolder();
  await seedDemo(folder.path, smallSeed);
  const paths = clinicPaths(folder.path);
  const database = new Database(paths.database);
  const listed = database.prepare('select file_name from documents').pluck().all();
  const texts = database.prepare('select text from notes').pluck().all();
  expect(database.pragma('foreign_key_check')).toEqual([]);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  database.close();
  expect(listed.toSorted()).toEqual([...(await uploadsIn(paths.uploads)).keys()].toSorted());
  expect(texts.filter((text) => /[{}|]/.test(String(text)))).toEqual([]);
});

test('equal options make equal rows and equal files', async () => {
  await using first = await temporaryFolder();
  await using second = await temporaryFolder();
  await seedDemo(first.path, smallSeed);
  await seedDemo(second.path, smallSeed);
  expect(await contentOf(second.path)).toEqual(await contentOf(first.path));
});

test('seeding stops when it is cancelled', async () => {
  await using folder = await temporaryFolder();
  const cancel = new AbortController();
  const seeding = seedDemo(folder.path, {
    signal: cancel.signal,
    onProgress: (_, text) => {
      if (text.startsWith('database: 1')) cancel.abort();
    },
  });
  await expect(seeding).rejects.toThrow('aborted');
});

async function contentOf(folder: string): Promise<Record<string, string>> {
  const paths = clinicPaths(folder);
  const database = new Database(paths.database);
  const rows = tables.map((table) => {
    const all = database.prepare(`select * from ${table} order by id`).all();
    return [table, hash(JSON.stringify(all))];
  });
  database.close();
  const files = [...(await uploadsIn(paths.uploads))].map(([name, content]) => [
    name,
    hash(content),
  ]);
  return Object.fromEntries([...rows, ...files]);
}

const hash = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

async function uploadsIn(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  const files = new Map<string, Buffer>();
  for (const path of paths.toSorted())
    files.set(path.slice(folder.length + 1), await readFile(path));
  return files;
}
