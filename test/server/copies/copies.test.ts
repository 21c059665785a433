import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { initStore } from '../../../agent/stores/stores.ts';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { isFinished } from '../../../protocol/domain/job.ts';
import { backupList } from '../../../protocol/methods/backup.ts';
import { jobList } from '../../../protocol/methods/job.ts';
import { scheduleRun } from '../../../protocol/methods/schedule.ts';
import { openSession, type Session, startKedge } from '../../support/kedge.ts';
import { makeSmallApplication, type SmallApplication } from '../../support/small-application.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { timeOfDayIn } from '../../support/time-of-day.ts';
import { flipByte, kedgeAt, namesIn, takeVerified } from '../../support/transfer-fixture.ts';
import { until } from '../../support/until.ts';

async function all(session: Session): Promise<readonly Backup[]> {
  return (await session.call(backupList, { offset: 0, limit: 50 })).backups;
}

async function idle(session: Session): Promise<void> {
  await until(
    async () => (await session.call(jobList, { offset: 0, limit: 50 })).jobs.every(isFinished),
    60_000,
  );
}

/** An application with a second destination, and a schedule that copies there. */
async function withSecondStore(
  folder: string,
  second: object = {},
): Promise<SmallApplication & { readonly usb: string }> {
  const usb = join(folder, 'usb');
  const settings = { kind: 'local', path: usb } as const;
  const app = await makeSmallApplication(folder, {
    stores: {
      local: { kind: 'local', path: join(folder, 'backups') },
      usb: { ...settings, ...second },
    },
    schedules: {
      nightly: {
        full: { every: 'day', at: timeOfDayIn(12) },
        zone: 'UTC',
        store: 'local',
        copyTo: 'usb',
      },
    },
  });
  await initStore('usb', settings);
  return { ...app, usb };
}

test('a scheduled backup is copied to the second destination when that is there, and is one backup in two places', async () => {
  using folder = tempFolder();
  const app = await withSecondStore(folder.path, { removable: true });
  const drawer = join(folder.path, 'drawer');
  renameSync(app.usb, drawer);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const run = async (...argv: string[]) => await kedgeAt(kedge.socket, ['backup', ...argv]);
  await session.call(scheduleRun, { requestId: randomUUID(), schedule: 'nightly' });
  await until(async () => (await all(session))[0]?.proof.kind === 'verified', 60_000);
  await idle(session);
  const { jobs } = await session.call(jobList, { offset: 0, limit: 50 });
  expect(jobs.filter(({ kind }) => kind === 'copy')).toEqual([]);

  renameSync(drawer, app.usb);
  await until(async () => {
    await kedgeAt(kedge.socket, ['status']);
    return (await all(session))[0]?.copies !== undefined;
  }, 60_000);
  const [backup] = await all(session);
  const [name = ''] = namesIn(app.store);
  expect(backup).toMatchObject({
    path: join(app.store, name),
    store: 'local',
    copies: [{ path: join(app.usb, name), store: 'usb', presence: 'present' }],
  });
  const shown = await run('show', 'latest');
  expect(shown.out).toContain(`Also at  ${join(app.usb, name)} (usb): present`);

  // The near one is deleted by hand: the copy stays, and is what is read from then on.
  await idle(session);
  const deleted = await run('delete', backup?.id ?? '', '--confirm', name);
  expect(deleted.out).toContain(`It still lies at ${join(app.usb, name)}`);
  expect((await all(session)).map(({ path, copies }) => [path, copies])).toEqual([
    [join(app.usb, name), undefined],
  ]);
  expect((await run('verify', 'latest')).code).toBe(0);
}, 90_000);

test('a folder of archives is imported, each with its result: foreign ones are listed, damaged ones named', async () => {
  using folder = tempFolder();
  const old = join(folder.path, 'old');
  mkdirSync(old);
  const elsewhere = await makeSmallApplication(join(folder.path, 'elsewhere'));
  {
    await using kedge = await startKedge(elsewhere.home);
    using session = await openSession(kedge.socket);
    await takeVerified(session, 'foreign');
    writeFileSync(join(elsewhere.uploads, '1.txt'), 'changed');
    await kedgeAt(kedge.socket, ['backup', 'create', '--differential', '--name', 'later']);
    await idle(session);
    for (const name of namesIn(elsewhere.store)) {
      cpSync(join(elsewhere.store, name), join(old, name));
    }
    await takeVerified(session, 'broken');
    cpSync(join(elsewhere.store, 'broken.tar.zst'), join(old, 'broken.tar.zst'));
    flipByte(join(old, 'broken.tar.zst'));
  }
  writeFileSync(join(old, 'notes.txt'), 'x');
  writeFileSync(join(old, 'rubbish.tar.zst'), 'x');
  const app = await makeSmallApplication(join(folder.path, 'here'));
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const ran = await kedgeAt(kedge.socket, ['backup', 'import', old, 'local', '--move', '--json']);
  expect(ran.code, ran.err).toBe(3);
  const { backups } = JSON.parse(ran.out).job.state.result.copy;
  expect(
    backups.map(({ from, outcome, installation, why }: Record<string, string>) => [
      basename(from ?? ''),
      outcome,
      installation === undefined ? 'ours' : 'foreign',
      why ?? '',
    ]),
  ).toEqual([
    ['foreign.tar.zst', 'moved', 'foreign', ''],
    ['later.tar.zst', 'moved', 'foreign', ''],
    ['broken.tar.zst', 'left out', 'foreign', expect.stringContaining('is damaged')],
    ['rubbish.tar.zst', 'left out', 'ours', expect.stringContaining('not a Kedge archive')],
  ]);
  expect(namesIn(old)).toEqual(['broken.tar.zst', 'notes.txt', 'rubbish.tar.zst']);
  expect(namesIn(app.store)).toEqual(['foreign.tar.zst', 'later.tar.zst']);
  expect((await all(session)).map(({ proof, presence }) => [proof.kind, presence])).toEqual([
    ['verified', 'present'],
    ['verified', 'present'],
  ]);
  const again = await kedgeAt(kedge.socket, ['backup', 'import', elsewhere.store, 'local']);
  expect(again.out).toMatch(/already there .*foreign\.tar\.zst/);
}, 90_000);

test('a place that takes no file of that size is named before anything is written, of copies and of backups', async () => {
  using folder = tempFolder();
  const app = await withSecondStore(folder.path, { maxFileBytes: 4096 });
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await takeVerified(session, 'mine');
  for (const argv of [
    ['copy', 'mine', 'usb'],
    ['create', '--to', 'usb'],
    ['upload', join(app.store, 'mine.tar.zst'), '--to', 'usb'],
  ]) {
    const ran = await kedgeAt(kedge.socket, ['backup', ...argv]);
    expect([ran.code, ran.err]).toEqual([
      10,
      expect.stringContaining(`files in "${app.usb}" can have 4.0 KiB at most`),
    ]);
  }
  const dry = await kedgeAt(kedge.socket, ['backup', 'create', '--to', 'usb', '--dry-run']);
  expect(dry.out).toContain('can have 4.0 KiB at most');
  expect(namesIn(app.usb)).toEqual([]);

  // Any other folder has room for it, and the copy there is listed.
  const other = join(folder.path, 'other');
  mkdirSync(other);
  expect((await kedgeAt(kedge.socket, ['backup', 'copy', 'mine', other])).code).toBe(0);
  expect((await all(session)).map(({ copies }) => copies)).toEqual([
    [{ path: join(other, 'mine.tar.zst'), presence: 'present' }],
  ]);
});
