import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RestoreFixture } from '../../support/restore-fixture.ts';
import { planOf } from '../../support/restore-in-part.ts';

const merge = { mode: { kind: 'merge' } } as const;
const uploads = (...paths: string[]) => ({ parts: [{ source: 'uploads', paths }] });

/** Only files, so that each test sees what it is about. */
function filesOnly(): RestoreFixture {
  const app = new RestoreFixture();
  const { uploads: files, conf } = app.config.sources;
  if (files === undefined || conf === undefined) throw new Error('the fixture has other sources');
  app.config = { ...app.config, sources: { uploads: files, conf } };
  return app;
}

const text = (path: string) => fs.readFileSync(path, 'utf8');

test('a merge brings back what is missing and differs, and keeps what came later', async () => {
  using app = filesOnly();
  const backup = await app.backup();
  app.changeAll();
  fs.rmSync(join(app.uploads, 'empty'), { recursive: true });
  fs.rmSync(join(app.uploads, 'link'));
  fs.symlinkSync('/elsewhere', join(app.uploads, 'link'));
  fs.writeFileSync(join(app.uploads, '2026/later.txt'), 'later');
  const before = app.live();
  const plan = await planOf(app, backup, merge);

  const { undo = '', notes } = await app.restore(plan);

  expect(notes).toEqual([]);
  expect(plan.merges).toEqual([
    { source: 'uploads', files: { inserted: 1, overwritten: 2, bytes: 300_004 } },
    { source: 'conf', files: { inserted: 0, overwritten: 1, bytes: 12 } },
  ]);
  expect(fs.statSync(join(app.uploads, '2026/scan.bin')).size).toBe(300_000);
  expect(text(join(app.uploads, 'read-only'))).toBe('mode');
  expect(fs.statSync(join(app.uploads, 'read-only')).mode & 0o777).toBe(0o440);
  expect(fs.readlinkSync(join(app.uploads, 'link'))).toBe('../../outside');
  expect(fs.readdirSync(join(app.uploads, 'empty'))).toEqual([]);
  expect(text(join(app.uploads, 'new.txt'))).toBe('newer than the backup');
  expect(text(join(app.uploads, '2026/later.txt'))).toBe('later');
  expect(text(join(app.uploads, 'cache/c2'))).toBe('cached since');
  expect(text(app.settings)).toBe('mode = then\n');
  expect(text(app.extraSettings)).toBe('was not there then\n');

  await app.undo(undo);
  expect(app.live()).toEqual(before);
});

test('an undo of a merge leaves alone what the application wrote since, and can be undone', async () => {
  using app = filesOnly();
  const backup = await app.backup();
  app.changeAll();
  const { undo = '' } = await app.restore(await planOf(app, backup, merge));
  fs.writeFileSync(join(app.uploads, '2026/since.txt'), 'written since');
  const merged = app.live();

  const again = await app.undo(undo);

  expect(text(join(app.uploads, '2026/since.txt'))).toBe('written since');
  expect(fs.existsSync(join(app.uploads, '2026/scan.bin'))).toBe(false);
  expect(text(join(app.uploads, 'read-only'))).toBe('overwritten');
  await app.undo(again.undo ?? '');
  expect(app.live()).toEqual(merged);
});

test('a folder and a file of a source come back exactly, and nothing else', async () => {
  using app = filesOnly();
  const backup = await app.backup();
  app.changeAll();
  fs.writeFileSync(join(app.uploads, '2026/later.txt'), 'later');
  const before = app.live();
  const plan = await planOf(app, backup, uploads('2026', '/read-only/'));

  const { undo = '' } = await app.restore(plan);

  expect(plan.changes.map(({ source, files }) => [source, files?.newer, files?.deleted])).toEqual([
    ['uploads', 1, 1],
  ]);
  expect(fs.readdirSync(join(app.uploads, '2026'))).toEqual(['scan.bin']);
  expect(text(join(app.uploads, 'read-only'))).toBe('mode');
  expect(text(join(app.uploads, 'new.txt'))).toBe('newer than the backup');
  expect(text(app.settings)).toBe('mode = now\n');

  await app.undo(undo);
  expect(app.live()).toEqual(before);
});

test('folders that are missing on the way come back with their metadata and go with the undo', async () => {
  using app = filesOnly();
  fs.mkdirSync(join(app.uploads, 'a/b'), { recursive: true });
  fs.chmodSync(join(app.uploads, 'a'), 0o711);
  fs.writeFileSync(join(app.uploads, 'a/b/deep'), 'deep');
  fs.writeFileSync(join(app.uploads, 'a/other'), 'other');
  const backup = await app.backup();
  fs.rmSync(join(app.uploads, 'a'), { recursive: true });
  const before = app.live();

  const { undo = '' } = await app.restore(await planOf(app, backup, uploads('a/b')));

  expect(text(join(app.uploads, 'a/b/deep'))).toBe('deep');
  expect(fs.readdirSync(join(app.uploads, 'a'))).toEqual(['b']);
  expect(fs.statSync(join(app.uploads, 'a')).mode & 0o777).toBe(0o711);
  await app.undo(undo);
  expect(app.live()).toEqual(before);
});

test('an undo makes the folders again that the application took away since', async () => {
  using app = filesOnly();
  const backup = await app.backup();
  fs.writeFileSync(join(app.uploads, '2026/scan.bin'), 'changed');
  const { undo = '' } = await app.restore(await planOf(app, backup, merge));
  fs.rmSync(join(app.uploads, '2026'), { recursive: true });

  await app.undo(undo);

  expect(text(join(app.uploads, '2026/scan.bin'))).toBe('changed');
  expect(fs.statSync(join(app.uploads, '2026')).mode & 0o777).toBe(0o750);
});

test('what a folder leaves out stays when the folder comes back', async () => {
  using app = filesOnly();
  const backup = await app.backup();
  fs.writeFileSync(join(app.uploads, '2026/x.tmp'), 'left out');
  const before = app.live();

  const { undo = '' } = await app.restore(await planOf(app, backup, uploads('2026')));

  expect(text(join(app.uploads, '2026/x.tmp'))).toBe('left out');
  await app.undo(undo);
  expect(app.live()).toEqual(before);
});

test('nothing is written through a symlink that has taken the place of a folder', async () => {
  using app = filesOnly();
  const backup = await app.backup();
  const outside = join(app.home, 'outside');
  fs.mkdirSync(outside);
  fs.rmSync(join(app.uploads, '2026'), { recursive: true });
  fs.symlinkSync(outside, join(app.uploads, '2026'));
  const before = app.live();

  const { undo = '' } = await app.restore(await planOf(app, backup, merge));

  expect(fs.readdirSync(outside)).toEqual([]);
  expect(fs.lstatSync(join(app.uploads, '2026')).isDirectory()).toBe(true);
  expect(fs.statSync(join(app.uploads, '2026/scan.bin')).size).toBe(300_000);
  await app.undo(undo);
  expect(app.live()).toEqual(before);
  const part = await planOf(app, backup, uploads('2026/scan.bin'));
  await expect(app.restore(part)).rejects.toThrow('is not a folder any more');
  expect(fs.readdirSync(outside)).toEqual([]);
  expect(app.live()).toEqual(before);
});

test('a merge leaves a folder where the backup has a file, and says so', async () => {
  using app = filesOnly();
  const backup = await app.backup();
  fs.rmSync(join(app.uploads, 'read-only'));
  fs.mkdirSync(join(app.uploads, 'read-only'));
  fs.writeFileSync(join(app.uploads, 'read-only/mine'), 'later');
  const before = app.live();

  const plan = await planOf(app, backup, merge);
  const { undo = '' } = await app.restore(plan);

  const file = join(app.uploads, 'read-only');
  expect(plan.warnings).toContain(`"${file}" is a folder now and stays; it was a file`);
  expect(app.live()).toEqual(before);
  await app.undo(undo);
  expect(app.live()).toEqual(before);
});

test('a source that is gone as a whole comes back by a merge and goes with its undo', async () => {
  using app = filesOnly();
  const backup = await app.backup();
  fs.rmSync(app.uploads, { recursive: true });
  fs.rmSync(app.settings);
  const before = app.live();

  const { undo = '' } = await app.restore(await planOf(app, backup, merge));

  expect(text(join(app.uploads, 'read-only'))).toBe('mode');
  expect(text(app.settings)).toBe('mode = then\n');
  await app.undo(undo);
  expect(app.live()).toEqual(before);
});

test('one of several settings comes back, named by its path', async () => {
  using app = filesOnly();
  fs.writeFileSync(app.extraSettings, 'extra then\n');
  const backup = await app.backup();
  app.changeAll();
  const before = app.live();
  const parts = [{ source: 'conf', paths: [app.extraSettings.slice(1)] }];

  const { undo = '' } = await app.restore(await planOf(app, backup, { parts }));

  expect(text(app.extraSettings)).toBe('extra then\n');
  expect(text(app.settings)).toBe('mode = now\n');
  await app.undo(undo);
  expect(app.live()).toEqual(before);
});

test('settings in a folder that is reached by a link are merged', async () => {
  using app = filesOnly();
  const [real, named] = [join(app.app, 'real'), join(app.app, 'named')];
  fs.mkdirSync(join(real, 'conf/sub'), { recursive: true });
  fs.writeFileSync(join(real, 'conf/sub/a'), 'then');
  fs.symlinkSync(real, named);
  const conf = { engine: 'settings' as const, paths: [join(named, 'conf')] };
  app.config = { ...app.config, sources: { conf } };
  const backup = await app.backup();
  fs.writeFileSync(join(real, 'conf/sub/a'), 'now, and longer');
  fs.writeFileSync(join(real, 'conf/sub/b'), 'later');

  const { undo = '' } = await app.restore(await planOf(app, backup, merge));

  expect(text(join(real, 'conf/sub/a'))).toBe('then');
  expect(text(join(real, 'conf/sub/b'))).toBe('later');
  await app.undo(undo);
  expect(text(join(real, 'conf/sub/a'))).toBe('now, and longer');
});

test('what the backup has not, and sources that are none, are obstacles', async () => {
  using app = filesOnly();
  const backup = await app.backup();
  const obstacles = async (...parts: { source: string; paths?: string[] }[]) =>
    (await planOf(app, backup, { parts })).obstacles;

  expect(await obstacles({ source: 'uploads', paths: ['nope', '2026'] })).toEqual([
    '"nope" of source "uploads" is not in this backup',
  ]);
  expect(await obstacles({ source: 'conf', paths: ['etc/nope'] })).toEqual([
    '"etc/nope" is no part of the source "conf"',
  ]);
  expect(await obstacles({ source: 'images' })).toEqual([
    'this backup has no source "images" that is configured here',
  ]);
});

test('a plan does not run with another mode than it was made for', async () => {
  using app = filesOnly();
  const plan = await planOf(app, await app.backup(), merge);

  await expect(app.restore({ ...plan, mode: { kind: 'replace' } })).rejects.toThrow(
    'what is brought back',
  );
});
