import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeArchive } from '../../agent/backup/describe-archive.ts';
import { runBackup } from '../../agent/backup/run-backup.ts';
import { runVerify } from '../../agent/backup/run-verify.ts';
import { makeBusyDatabase, startWriter } from '../support/busy-database.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { sha256Of } from '../support/transfer-fixture.ts';
import { makeSmallClinic, noServices, type SmallClinic } from './small-clinic.ts';

const run = (
  clinic: SmallClinic,
  change: Partial<SmallClinic['order']> = {},
  work = recordedWork(),
) => runBackup({ ...clinic.order, ...change }, clinic.config, work, noServices);

test('a full backup of a database, a folder and settings is sealed, named by local time, and described with size and hash', async () => {
  const clinic = await makeSmallClinic();
  const work = recordedWork();
  const backup = await run(clinic, { origin: 'schedule', schedule: 'nightly' }, work);
  const path = join(clinic.store, 'clinic_2026-11-21T02-00-00+0330_full.tar.zst');
  const bytes = readFileSync(path);
  expect(backup).toEqual({
    id: 'backup-1',
    kind: 'full',
    application: 'clinic',
    applicationVersion: '4.2',
    host: hostname(),
    installation: 'installation-1',
    origin: 'schedule',
    schedule: 'nightly',
    capturedAtMs: clinic.order.nowMs,
    zone: 'Asia/Tehran',
    path,
    store: 'main',
    presence: 'present',
    sizeBytes: bytes.length,
    contentBytes: readFileSync(clinic.database).length + 14 + 1_200_000 + 12,
    outcome: 'complete',
    gaps: [],
    sources: [
      {
        name: 'database',
        engine: 'sqlite',
        members: 1,
        bytes: readFileSync(clinic.database).length,
      },
      { name: 'uploads', engine: 'files', members: 4, bytes: 1_200_014 },
      { name: 'conf', engine: 'settings', members: 1, bytes: 12 },
    ],
    proof: { kind: 'sealed' },
    integrity: 'pending',
  });
  expect(clinic.stored()).toEqual(['clinic_2026-11-21T02-00-00+0330_full.tar.zst']);
  expect(readdirSync(work.scratch)).toEqual([]);
});

test('progress names list, capture, read and seal, lists before captures', async () => {
  const work = recordedWork();
  await run(await makeSmallClinic(), {}, work);
  expect(work.steps).toEqual([
    'list uploads',
    'list conf',
    'capture database',
    'read database',
    'read uploads',
    'read conf',
    'seal',
  ]);
});

test('an archive describes itself: its tail gives the same record', async () => {
  const backup = await run(await makeSmallClinic());
  expect(await describeArchive(backup.path, 'main')).toEqual(backup);
});

test('verify reads every member, has the database checked, and leaves nothing in scratch', async () => {
  const backup = await run(await makeSmallClinic());
  const work = recordedWork();
  const result = await runVerify(backup.path, work);
  expect(result).toMatchObject({
    backup: 'backup-1',
    contentBytes: backup.contentBytes,
    sha256: sha256Of(backup.path),
    integrity: 'ok',
  });
  expect(readdirSync(work.scratch)).toEqual([]);
});

test('a damaged database is backed up, and verify says that it is damaged', async () => {
  const clinic = await makeSmallClinic();
  const bytes = readFileSync(clinic.database);
  bytes.fill(0x5a, 8192, 30_000);
  writeFileSync(clinic.database, bytes);
  const backup = await run(clinic);
  const result = await runVerify(backup.path, recordedWork());
  expect(backup.outcome).toBe('complete');
  expect(result.integrity).toBe('damaged');
  expect(result.integrityProblem).toMatch(/^database\/clinic\.db: ./);
});

test('a backup while the database is written to 200 times a second verifies', async () => {
  const clinic = await makeSmallClinic();
  rmSync(clinic.database);
  makeBusyDatabase(clinic.database, 'wal', 20);
  const writer = await startWriter(clinic.database, 200);
  const backup = await run(clinic);
  const { failures } = await writer.stop();
  const { integrity } = await runVerify(backup.path, recordedWork());
  expect({ failures, integrity }).toEqual({ failures: 0, integrity: 'ok' });
});

test('sources that are missing or no database are gaps, and the rest is in the backup', async () => {
  const clinic = await makeSmallClinic((config) => {
    config.sources['archive'] = { engine: 'files', path: '/nowhere/at/all' };
    config.sources['notes'] = { engine: 'settings', paths: ['/nowhere/notes.conf'] };
  });
  writeFileSync(clinic.database, 'no database at all. '.repeat(100));
  const work = recordedWork();
  const backup = await run(clinic, {}, work);
  expect(backup.outcome).toBe('complete with named gaps');
  expect(backup.gaps).toEqual([
    {
      kind: 'source',
      source: 'archive',
      path: '',
      reason: 'source "archive": "/nowhere/at/all" does not exist',
    },
    {
      kind: 'source',
      source: 'notes',
      path: '',
      reason: 'source "notes": "/nowhere/notes.conf" does not exist',
    },
    {
      kind: 'source',
      source: 'database',
      path: '',
      reason: `source "database": "${clinic.database}" is not an SQLite database: file is not a database`,
    },
  ]);
  expect(backup.sources.map(({ name }) => name)).toEqual(['uploads', 'conf']);
  expect(work.logged.length).toBe(3);
  expect((await runVerify(backup.path, recordedWork())).integrity).toBe('ok');
});

test('an upload that vanishes meanwhile is a named gap', async () => {
  const clinic = await makeSmallClinic();
  const work = recordedWork((step) => {
    if (step === 'capture database') rmSync(join(clinic.uploads, 'letter.txt'), { force: true });
  });
  const backup = await run(clinic, {}, work);
  expect(backup.outcome).toBe('complete with named gaps');
  expect(backup.gaps).toEqual([
    {
      kind: 'file',
      source: 'uploads',
      path: 'letter.txt',
      reason: 'it vanished while the backup ran',
    },
  ]);
});

test('an upload that is cut while it is read is in the archive once, as it is now', async () => {
  const clinic = await makeSmallClinic();
  const upload = join(clinic.uploads, 'scans', 'hand.tif');
  let cut = false;
  const work = recordedWork((step, done) => {
    if (step === 'read uploads' && done > 1_000_000 && !cut) {
      cut = true;
      truncateSync(upload, 1_100_000);
    }
  });
  const backup = await run(clinic, {}, work);
  expect(cut).toBe(true);
  expect(backup.gaps).toEqual([]);
  expect(backup.sources[1]?.bytes).toBe(14 + 1_100_000);
  expect((await runVerify(backup.path, recordedWork())).contentBytes).toBe(backup.contentBytes);
});

test('where nothing could be captured no backup is made', async () => {
  const clinic = await makeSmallClinic((config) => {
    config.sources = { archive: { engine: 'files', path: '/nowhere' } };
  });
  await expect(run(clinic)).rejects.toMatchObject({
    failure: {
      code: 'nothing-captured',
      params: { problem: 'source "archive": "/nowhere" does not exist' },
    },
  });
  expect(clinic.stored()).toEqual([]);
});

test('a manual backup has the name the user typed, and a second one a number', async () => {
  const clinic = await makeSmallClinic();
  await run(clinic, { name: 'Before update: 4.3' });
  const second = await run(clinic, { name: 'Before update: 4.3', backupId: 'backup-2' });
  expect(clinic.stored().toSorted()).toEqual([
    'Before update- 4.3-2.tar.zst',
    'Before update- 4.3.tar.zst',
  ]);
  expect((await describeArchive(second.path, 'main')).id).toBe('backup-2');
});

test('a backup can go to any folder, and belongs to no store then; the folder of a store is that store', async () => {
  const clinic = await makeSmallClinic();
  const folder = join(clinic.folder, 'usb');
  mkdirSync(folder);
  const outside = await run(clinic, { destination: { kind: 'folder', folder }, name: 'mine' });
  const inside = await run(clinic, { destination: { kind: 'folder', folder: clinic.store } });
  expect([outside.path, outside.store, inside.store]).toEqual([
    join(folder, 'mine.tar.zst'),
    undefined,
    'main',
  ]);
});
