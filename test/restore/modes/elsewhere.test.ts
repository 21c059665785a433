import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { crashAt } from '../../support/crash-at.ts';
import { RestoreFixture, rowsOf } from '../../support/restore-fixture.ts';
import { planOf } from '../../support/restore-in-part.ts';

const elsewhere = (folder: string) => ({ mode: { kind: 'elsewhere', folder } as const });

test('a restore elsewhere unpacks all sources, stops nothing, touches nothing and leaves no undo', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  const then = app.live();
  app.changeAll();
  const now = app.live();
  const folder = join(app.home, 'look', 'here');
  const plan = await planOf(app, backup, elsewhere(folder));

  const result = await app.restore(plan);

  expect(result).toEqual({
    outcome: 'unpacked',
    backup: backup.id,
    folder,
    downtimeMs: 0,
    notes: [],
  });
  expect(plan.obstacles).toEqual([]);
  expect(plan.downtimeSeconds).toBe(0);
  expect(app.services.calls).toEqual([]);
  expect(app.live()).toEqual(now);
  expect(app.places()).toEqual([]);
  expect(fs.readdirSync(join(app.stateFolder))).toEqual([]);
  expect(fs.readdirSync(join(folder, '..'))).toEqual(['here']);
  expect(fs.readdirSync(folder).sort()).toEqual(['conf', 'db', 'uploads']);
  expect({ database: rowsOf(join(folder, 'db', 'clinic.db')) }).toEqual({
    database: (then as { database: unknown }).database,
  });
  expect(fs.readFileSync(join(folder, 'conf', app.settings), 'utf8')).toBe('mode = then\n');
  expect(fs.statSync(join(folder, 'uploads/2026/scan.bin')).nlink).toBe(2);
});

test('only some sources and paths go elsewhere, a hard link without its file as a file', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  const folder = join(app.home, 'look');
  fs.mkdirSync(folder);
  const parts = [{ source: 'uploads', paths: ['hard', '2026'] }, { source: 'conf' }];
  const one = [{ source: 'uploads', paths: ['read-only', 'link/'] }];

  await app.restore(await planOf(app, backup, { ...elsewhere(folder), parts }));
  await app.restore(await planOf(app, backup, { ...elsewhere(join(app.home, 'one')), parts: one }));

  expect(fs.readdirSync(folder).sort()).toEqual(['conf', 'uploads']);
  expect(fs.readdirSync(join(folder, 'uploads')).sort()).toEqual(['2026', 'hard']);
  expect(fs.statSync(join(folder, 'uploads/hard')).size).toBe(300_000);
  expect(fs.readdirSync(join(app.home, 'one/uploads')).sort()).toEqual(['link', 'read-only']);
});

test('a folder that holds something, lies in a source or is no folder is an obstacle', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  const full = join(app.home, 'full');
  fs.mkdirSync(full);
  fs.writeFileSync(join(full, 'mine'), '');

  const obstacles = async (folder: string) =>
    (await planOf(app, backup, elsewhere(folder))).obstacles;

  expect(await obstacles(full)).toEqual([`"${full}" is not empty`]);
  expect(await obstacles(join(full, 'mine'))).toEqual([`"${join(full, 'mine')}" is no folder`]);
  const inside = join(app.uploads, 'look');
  expect(await obstacles(inside)).toEqual([`"${inside}" lies inside source "uploads"`]);
  const state = join(app.stateFolder, 'look');
  expect(await obstacles(state)).toEqual([`"${state}" lies inside Kedge's own state`]);
});

test('a folder that fills between plan and run is left as it is', async () => {
  using app = new RestoreFixture();
  const folder = join(app.home, 'look');
  const plan = await planOf(app, await app.backup(), elsewhere(folder));
  fs.mkdirSync(folder);
  fs.writeFileSync(join(folder, 'mine'), '');

  await expect(app.restore(plan)).rejects.toThrow('is not empty');

  expect(fs.readdirSync(folder)).toEqual(['mine']);
});

test('a restore elsewhere that fails at any operation leaves no folder, or all of it', async () => {
  using app = new RestoreFixture();
  const folder = join(app.home, 'look');
  const plan = await planOf(app, await app.backup(), elsewhere(folder));
  let tried = 0;
  for (let k = 1; ; k += 1) {
    fs.rmSync(folder, { recursive: true, force: true });
    using point = crashAt(k);
    await app.restore(plan, app.work(1000)).catch(() => undefined);
    if (!point.crashed) break;
    tried = k;
    if (!fs.existsSync(folder)) continue;
    expect(fs.readdirSync(folder).sort(), point.operation).toEqual(['conf', 'db', 'uploads']);
  }
  expect(tried).toBeGreaterThan(20);
}, 60_000);
