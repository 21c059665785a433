import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isMounted } from '../../agent/stores/local/is-mounted.ts';
import { initStore } from '../../agent/stores/stores.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { isFinished } from '../../protocol/domain/job.ts';
import { backupList } from '../../protocol/methods/backup.ts';
import { jobList } from '../../protocol/methods/job.ts';
import { restorePlan, restoreRun } from '../../protocol/methods/restore.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { countOrders, deleteOrders, makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { kedgeAt, namesIn, sha256Of } from '../support/transfer-fixture.ts';
import { until } from '../support/until.ts';

const requestId = (): string => randomUUID();

async function all(session: Session): Promise<readonly Backup[]> {
  return (await session.call(backupList, { offset: 0, limit: 50 })).backups;
}

async function idle(session: Session): Promise<void> {
  await until(
    async () => (await session.call(jobList, { offset: 0, limit: 50 })).jobs.every(isFinished),
    60_000,
  );
}

async function driveIs(session: Session, state: string): Promise<void> {
  await until(async () => {
    const { stores } = await session.call(snapshotGet, {});
    return stores.find(({ id }) => id === 'usb')?.state === state;
  }, 20_000);
}

test('a month is moved to a drive, the drive is pulled out and plugged in again, and a restore comes from it', async () => {
  using folder = tempFolder();
  const drive = join(folder.path, 'media', 'usb');
  const drawer = join(folder.path, 'drawer');
  const usb = { kind: 'local', path: drive, removable: true, label: 'WD-2TB' } as const;
  const app = await makeSmallApplication(folder.path, {
    stores: { local: { kind: 'local', path: join(folder.path, 'backups') }, usb },
  });
  mkdirSync(drive, { recursive: true });
  const kept = new Map<string, string>();
  {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const run = async (...argv: string[]) => await kedgeAt(kedge.socket, ['backup', ...argv]);
    const prepare = async (...flags: string[]) =>
      await kedgeAt(kedge.socket, ['destination', 'prepare', 'usb', ...flags]);
    // Where the folder for temporary files is on a mount of its own, so is the drive.
    if (!(await isMounted(drive))) {
      const unmounted = await prepare();
      expect([unmounted.code, unmounted.err, readdirSync(drive)]).toEqual([
        5,
        expect.stringContaining('nothing is mounted there'),
        [],
      ]);
    }
    expect((await prepare('--anyway')).code).toBe(0);
    await run('create', '--name', 'first');
    writeFileSync(join(app.uploads, '1.txt'), 'changed');
    await idle(session);
    await run('create', '--differential', '--name', 'second');
    await idle(session);
    for (const name of namesIn(app.store)) kept.set(name, sha256Of(join(app.store, name)));
    expect([...kept.keys()]).toEqual(['first.tar.zst', 'second.tar.zst']);

    await run('pin', 'first', '--reason', 'the year');
    const tomorrow = new Date(Date.now() + 86_400_000);
    const two = (number: number) => String(number).padStart(2, '0');
    const day = `${tomorrow.getFullYear()}-${two(tomorrow.getMonth() + 1)}-${two(tomorrow.getDate())}`;
    const moved = await run('move', '--all-before', day, 'usb');
    expect(moved.code, moved.err).toBe(0);
    expect(moved.out).toMatch(/moved .*first\.tar\.zst/);
    expect(moved.out).toMatch(/moved .*second\.tar\.zst/);
    expect([namesIn(app.store), namesIn(drive)]).toEqual([[], [...kept.keys()]]);
    for (const [name, sha256] of kept) expect(sha256Of(join(drive, name))).toBe(sha256);
    expect(
      (await all(session)).map(({ store, presence, pinned }) => [store, presence, pinned]),
    ).toEqual([
      ['usb', 'present', undefined],
      ['usb', 'present', true],
    ]);

    renameSync(drive, drawer);
    await driveIs(session, 'away');
    const { problems, stores } = await session.call(snapshotGet, {});
    expect(problems.filter(({ id }) => id.startsWith('store-'))).toEqual([]);
    expect(stores[1]).toMatchObject({ removable: true, label: 'WD-2TB', backups: 2 });
    await until(async () => (await all(session)).every(({ presence }) => presence === 'offline'));
    const list = await run('list');
    expect(list.out).toMatch(/on WD-2TB, not plugged in, last seen/);
    for (const words of [['backup', 'verify'], ['restore', 'plan'], ['drill']]) {
      const answer = await kedgeAt(kedge.socket, [...words, 'second']);
      const said = 'lies in destination "usb", which is not here';
      expect([words, answer.code, answer.err]).toEqual([words, 10, expect.stringContaining(said)]);
    }

    // An empty mount point is no drive.
    mkdirSync(drive);
    const refused = await run('create', '--to', 'usb');
    expect([refused.code, refused.err]).toEqual([10, expect.stringContaining('is not plugged in')]);
    expect((await prepare('--anyway')).err).toContain(
      'give another drive a destination of its own',
    );
    expect(readdirSync(drive)).toEqual([]);
  }

  rmSync(join(app.home, 'state', 'catalogue.sqlite'));
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  expect((await all(session)).map(({ presence, away }) => [presence, away?.label])).toEqual([
    ['offline', 'WD-2TB'],
    ['offline', 'WD-2TB'],
  ]);

  // Another drive is not taken for it.
  await initStore('other', { kind: 'local', path: drive });
  await driveIs(session, 'offline');
  const other = await kedgeAt(kedge.socket, ['backup', 'create', '--to', 'usb']);
  expect([other.code, other.err]).toEqual([10, expect.stringContaining('another drive is at')]);
  expect(namesIn(drive)).toEqual([]);

  rmSync(drive, { recursive: true });
  renameSync(drawer, drive);
  await driveIs(session, 'online');
  await until(async () => (await all(session)).every(({ presence }) => presence === 'present'));
  deleteOrders(app.database, 500);
  const [newest] = await all(session);
  const backup = { kind: 'id', id: newest?.id ?? '' } as const;
  const asked = await session.call(restorePlan, { requestId: requestId(), backup });
  const planned = (await session.ended(asked.job)).state;
  if (planned.kind !== 'done' || planned.result.kind !== 'plan') throw new Error(planned.kind);
  const plan = { plan: planned.result.plan.id, confirmation: 'Shop' };
  const { job } = await session.call(restoreRun, { requestId: requestId(), ...plan });
  expect((await session.ended(job)).state).toMatchObject({ kind: 'done' });
  expect(countOrders(app.database)).toBe(2_000);
}, 120_000);
