import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runConsolidate } from '../../agent/backup/consolidate.ts';
import { estimateBackup } from '../../agent/backup/estimate.ts';
import { runBackup } from '../../agent/backup/run-backup.ts';
import { expectedArchiveBytes } from '../../agent/backup/space.ts';
import { makeBusyDatabase } from '../support/busy-database.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { testWithMounts } from '../support/test-with-mounts.ts';
import { makeSmallClinic, noServices } from './small-clinic.ts';

const mountTest = testWithMounts();

function mountSmall(path: string, megabytes: number): void {
  mkdirSync(path, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
  onTestFinished(() => {
    spawnSync('umount', ['-l', path]);
  });
}

test('an archive is expected to take half of its content, or what the last full took', () => {
  expect(expectedArchiveBytes(1_000_000, undefined)).toBe(565_536);
  expect(expectedArchiveBytes(1_000_000, 0.1)).toBe(165_536);
});

mountTest(
  'a destination with less room than expected is refused before anything is written',
  async () => {
    const clinic = await makeSmallClinic();
    const folder = join(clinic.folder, 'usb');
    mountSmall(folder, 1);
    writeFileSync(join(clinic.uploads, 'film'), randomBytes(4_000_000));
    const work = recordedWork();
    const order = { ...clinic.order, destination: { kind: 'folder', folder } } as const;
    const running = runBackup(order, clinic.config, work, noServices);
    await expect(running).rejects.toMatchObject({
      failure: { code: 'no-space', params: { path: folder, free: '1.0 MiB' } },
    });
    expect([work.steps, readdirSync(folder)]).toEqual([[], []]);
  },
);

mountTest(
  'a full is not made of a differential where it has no room, and nothing is written',
  async () => {
    const clinic = await makeSmallClinic();
    writeFileSync(join(clinic.uploads, 'film'), randomBytes(4_000_000));
    const base = await runBackup(clinic.order, clinic.config, recordedWork(), noServices);
    const differential = { ...clinic.order, backupId: 'backup-2', differential: { base } };
    const { path } = await runBackup(differential, clinic.config, recordedWork(), noServices);
    const folder = join(clinic.folder, 'usb');
    mountSmall(folder, 3);
    const work = recordedWork();
    const destination = { kind: 'folder', folder } as const;
    const order = { path, backupId: 'made-1', destination };
    await expect(runConsolidate(order, clinic.config, work)).rejects.toMatchObject({
      failure: { code: 'no-space', params: { path: folder, free: '3.0 MiB' } },
    });
    expect([work.steps, readdirSync(folder)]).toEqual([[], []]);
  },
);

mountTest('a destination that fills up while it is written leaves nothing there', async () => {
  const clinic = await makeSmallClinic();
  const folder = join(clinic.folder, 'usb');
  mountSmall(folder, 3);
  writeFileSync(join(clinic.uploads, 'film'), randomBytes(8_000_000));
  const work = recordedWork();
  const order = {
    ...clinic.order,
    lastRatio: 0.01,
    destination: { kind: 'folder', folder },
  } as const;
  const running = runBackup(order, clinic.config, work, noServices);
  await expect(running).rejects.toMatchObject({
    failure: {
      code: 'no-space',
      params: { path: folder, needed: expect.stringMatching(/^more than \d\.\d MiB$/) },
    },
  });
  expect([readdirSync(folder), readdirSync(work.scratch)]).toEqual([[], []]);
});

mountTest('a scratch folder that has no room for the copy of a database is named', async () => {
  const clinic = await makeSmallClinic();
  const work = recordedWork();
  mountSmall(work.scratch, 1);
  makeBusyDatabase(join(clinic.folder, 'large.db'), 'delete', 3);
  clinic.config.sources['large'] = { engine: 'sqlite', path: join(clinic.folder, 'large.db') };
  const running = runBackup(clinic.order, clinic.config, work, noServices);
  await expect(running).rejects.toMatchObject({
    failure: { code: 'no-space', params: { path: work.scratch } },
  });
  expect([clinic.stored(), readdirSync(work.scratch)]).toEqual([[], []]);
});

test('an estimate says bytes, files, time and room, from the last full where there was one', async () => {
  const clinic = await makeSmallClinic();
  const { signal } = recordedWork();
  const { destination } = clinic.order;
  const first = await estimateBackup(clinic.config, destination, undefined, undefined, signal);
  const later = await estimateBackup(clinic.config, destination, 0.25, 10_000, signal);
  const { contentBytes } = first;
  expect(contentBytes).toBeGreaterThan(1_200_000);
  expect(first).toMatchObject({ folder: clinic.store, files: 4, warnings: [], seconds: 1 });
  expect(first.archiveBytes).toBe(expectedArchiveBytes(contentBytes, undefined));
  expect(later).toMatchObject({
    archiveBytes: expectedArchiveBytes(contentBytes, 0.25),
    seconds: Math.ceil(contentBytes / 10_000),
  });
});

test('an estimate warns of sources that will be missing and of writers that wait', async () => {
  const clinic = await makeSmallClinic((config) => {
    config.sources['none'] = { engine: 'files', path: '/nowhere' };
  });
  const away = { socket: '/away', user: 'kedge' };
  clinic.config.sources['server'] = { engine: 'postgres-server', data: '/away', ...away };
  makeBusyDatabase(join(clinic.folder, 'old.db'), 'delete', 0.1);
  clinic.config.sources['old'] = { engine: 'sqlite', path: join(clinic.folder, 'old.db') };
  const { signal } = recordedWork();
  const { destination } = clinic.order;
  const { warnings } = await estimateBackup(clinic.config, destination, 1e9, undefined, signal);
  expect(warnings).toEqual([
    expect.stringMatching(/^".*backups" has .* free, and .* are expected$/),
    'source "none": "/nowhere" does not exist',
    expect.stringMatching(/^source "server": PostgreSQL did not answer at \/away/),
    'source "old" is not in WAL mode: writers wait while it is copied',
  ]);
});
