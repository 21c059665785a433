import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nowMs, RestoreFixture } from '../support/restore-fixture.ts';

test('a plan says what changes and what would be lost', async () => {
  using app = new RestoreFixture();
  app.config = {
    ...app.config,
    application: { ...app.config.application, version: '1.1', contact: 'IT, extension 12' },
  };
  const backup = { ...(await app.backup()), capturedAtMs: nowMs - 3_600_000 };
  app.config = {
    ...app.config,
    application: { ...app.config.application, version: '1.2' },
  };
  app.changeAll();

  const plan = await app.plan(backup);

  expect(plan).toMatchObject({
    id: 'plan',
    application: 'Clinic',
    applicationVersionThen: '1.1',
    applicationVersionNow: '1.2',
    contact: 'IT, extension 12',
    spanSeconds: 3600,
    services: [
      { id: 'agent', willStop: true },
      { id: 'host', willStop: true },
      { id: 'database', willStop: true },
    ],
    clients: [],
    obstacles: [],
  });
  expect(plan.changes).toEqual([
    {
      source: 'db',
      engine: 'sqlite',
      live: app.database,
      bytes: expect.any(Number),
      liveBytes: expect.any(Number),
      tables: [
        { table: 'later', backupRows: 0, liveRows: 1, inserted: 1, changed: 0, deleted: 0 },
        { table: 'odd "name', backupRows: 0, liveRows: 0, inserted: 0, changed: 0, deleted: 0 },
        { table: 'patient', backupRows: 300, liveRows: 101, inserted: 1, changed: 0, deleted: 200 },
      ],
    },
    {
      source: 'uploads',
      engine: 'files',
      live: app.uploads,
      bytes: expect.any(Number),
      liveBytes: 300_048,
      files: {
        newer: 1,
        changed: 1,
        deleted: 1,
        bytesNewer: 'newer than the backup'.length + 'overwritten'.length,
        examples: ['new.txt', 'read-only'],
        samples: [
          { path: 'new.txt', change: 'new', sizeBytes: 21, modifiedMs: expect.any(Number) },
          { path: 'read-only', change: 'changed', sizeBytes: 11, modifiedMs: expect.any(Number) },
          {
            path: '2026/scan.bin',
            change: 'deleted',
            sizeBytes: 300_000,
            modifiedMs: expect.any(Number),
          },
        ],
      },
    },
    {
      source: 'conf',
      engine: 'settings',
      live: `${app.settings}, ${app.extraSettings}`,
      bytes: 12,
      liveBytes: 30,
      files: {
        newer: 1,
        changed: 1,
        deleted: 0,
        bytesNewer: 30,
        examples: [app.settings, app.extraSettings],
        samples: [
          { path: app.settings, change: 'changed', sizeBytes: 11, modifiedMs: expect.any(Number) },
          { path: app.extraSettings, change: 'new', sizeBytes: 19, modifiedMs: expect.any(Number) },
        ],
      },
    },
  ]);
});

test('nothing on disk changes by a plan', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  const now = app.live();

  await app.plan(backup);

  expect(app.live()).toEqual(now);
  expect(app.places()).toEqual([]);
  expect(app.services.calls).toEqual([]);
});

test('a source that is a gap of the backup stays as it is, and the plan says so', async () => {
  using app = new RestoreFixture();
  rmSync(app.database);
  const backup = await app.backup();
  app.fillDatabase();
  const rows = (app.live() as { database: unknown }).database;

  const plan = await app.plan(backup);
  await app.restore(plan);

  expect(plan.changes.map(({ source }) => source)).toEqual(['uploads', 'conf']);
  expect(plan.warnings.join('\n')).toContain('source "db" is missing in this backup');
  expect((app.live() as { database: unknown }).database).toEqual(rows);
});

test('what stands against a restore is named: proof, application, nesting, mount point', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  const inside = join(app.uploads, 'backups');
  mkdirSync(inside);
  app.config = {
    ...app.config,
    application: { id: 'other', name: 'Other' },
    stores: { disk: { kind: 'local', path: inside } },
    sources: { ...app.config.sources, uploads: { engine: 'files', path: app.uploads } },
  };

  const plan = await app.plan({
    ...backup,
    proof: { kind: 'damaged', atMs: 0, problem: 'frame 3' },
    integrity: 'damaged',
  });

  expect(plan.obstacles).toEqual([
    'it is damaged: frame 3',
    'what it holds is damaged: see its verification',
    'it is of the application "clinic", here is "other"',
    `destination "disk" lies inside source "uploads" ("${app.uploads}")`,
  ]);
  await expect(app.restore(plan)).rejects.toMatchObject({
    failure: { code: 'confirmation-wrong' },
  });
});

test('settings that are a mount point, and a mount point in a folder, are obstacles', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.config = {
    ...app.config,
    sources: {
      ...app.config.sources,
      uploads: { engine: 'files', path: '/dev' },
      conf: { engine: 'settings', paths: ['/dev/pts'] },
    },
  };

  const { obstacles } = await app.plan(backup);

  expect(obstacles.join()).toContain('"/dev/pts" in it is a mount point');
  expect(obstacles.join()).toContain('"/dev/pts" is a mount point');
});

test('settings that were not there then go into the undo, new ones that no backup knows stay', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  const unknown = join(app.app, 'unknown.conf');
  writeFileSync(unknown, 'configured after the backup');
  writeFileSync(app.extraSettings, 'was not there then');
  app.config = {
    ...app.config,
    sources: {
      ...app.config.sources,
      conf: { engine: 'settings', paths: [app.settings, app.extraSettings, unknown] },
    },
  };

  await app.restore(await app.plan(backup));

  expect(execFileSync('ls', [app.app]).toString()).toBe(
    'clinic.conf\ndata\nunknown.conf\nuploads\n',
  );
});
