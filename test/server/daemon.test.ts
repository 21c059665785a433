import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupCreate, backupList, backupVerify } from '../../protocol/methods/backup.ts';
import { jobCancel, jobLog } from '../../protocol/methods/job.ts';
import { restorePlan, restoreRun, undoList, undoRun } from '../../protocol/methods/restore.ts';
import { scheduleSet } from '../../protocol/methods/schedule.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { holdBackups } from '../support/held-backups.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { countOrders, deleteOrders, makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

const requestId = (): string => randomUUID();

async function backUp(session: Session) {
  const { job } = await session.call(backupCreate, { requestId: requestId() });
  const ended = await session.ended(job);
  if (ended.state.kind !== 'done' || ended.state.result.kind !== 'backup') {
    throw new Error(`the backup ended as ${JSON.stringify(ended.state)}`);
  }
  return ended.state.result.backup;
}

async function plan(session: Session, id: string) {
  const { job } = await session.call(restorePlan, {
    requestId: requestId(),
    backup: { kind: 'id', id },
  });
  const ended = await session.ended(job);
  if (ended.state.kind !== 'done' || ended.state.result.kind !== 'plan') {
    throw new Error(`the plan ended as ${JSON.stringify(ended.state)}`);
  }
  return ended.state.result.plan;
}

async function verified(session: Session, id: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const { backups } = await session.call(backupList, { offset: 0, limit: 10 });
        return backups.find((backup) => backup.id === id)?.proof.kind;
      },
      { timeout: 30_000 },
    )
    .toBe('verified');
}

test('a backup is sealed, verified by itself, restored after damage, and the restore undone', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const backup = await backUp(session);
  await verified(session, backup.id);
  deleteOrders(app.database, 500);
  writeFileSync(join(app.uploads, '2.txt'), 'rubbish');
  rmSync(app.settings);

  const made = await plan(session, backup.id);
  expect(made.obstacles).toEqual([]);
  expect(made.changes.find((change) => change.source === 'database')?.tables).toMatchObject([
    { table: 'orders', backupRows: 2_000, liveRows: 1_500 },
  ]);
  await expect(
    session.call(restoreRun, { requestId: requestId(), plan: made.id, confirmation: 'shop' }),
  ).rejects.toMatchObject({ failure: { code: 'confirmation-wrong' } });
  const { job } = await session.call(restoreRun, {
    requestId: requestId(),
    plan: made.id,
    confirmation: 'Shop',
  });
  expect((await session.ended(job)).state.kind).toBe('done');
  expect(countOrders(app.database)).toBe(2_000);
  expect(readFileSync(join(app.uploads, '2.txt'), 'utf8')).toBe('upload 2\n');
  expect(existsSync(app.settings)).toBe(true);

  const { undos } = await session.call(undoList, {});
  const undo = await session.call(undoRun, {
    requestId: requestId(),
    undo: undos[0]?.id ?? '',
    confirmation: 'Shop',
  });
  expect((await session.ended(undo.job)).state.kind).toBe('done');
  expect(countOrders(app.database)).toBe(1_500);
  expect(readFileSync(join(app.uploads, '2.txt'), 'utf8')).toBe('rubbish');
  expect(existsSync(app.settings)).toBe(false);
});

test('a request sent twice acts once, also over another connection', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using first = await openSession(kedge.socket);
  using second = await openSession(kedge.socket);
  const id = requestId();
  const answers = await Promise.all([
    first.call(backupCreate, { requestId: id }),
    second.call(backupCreate, { requestId: id }),
  ]);
  expect(answers[0]).toEqual(answers[1]);
  await first.ended(answers[0].job);
  expect((await first.call(backupList, { offset: 0, limit: 10 })).total).toBe(1);
});

test('the catalogue is made again from the archives when it is lost', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const made = await (async () => {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const backup = await backUp(session);
    await verified(session, backup.id);
    return backup;
  })();
  for (const name of readdirSync(join(app.home, 'state'))) {
    if (name.startsWith('catalogue')) rmSync(join(app.home, 'state', name));
  }
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const { backups } = await session.call(backupList, { offset: 0, limit: 10 });
  expect(backups).toMatchObject([{ id: made.id, path: made.path, proof: { kind: 'verified' } }]);
});

test('a backup into any folder stays listed with its path, and as missing when its file is gone', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const { job } = await session.call(backupCreate, {
    requestId: requestId(),
    destination: { kind: 'folder', folder: folder.path },
    name: 'before the update',
  });
  const ended = await session.ended(job);
  const path = join(folder.path, 'before the update.tar.zst');
  expect(ended.state).toMatchObject({ kind: 'done', result: { backup: { path } } });
  rmSync(path);
  const { backups } = await session.call(backupList, { offset: 0, limit: 10 });
  expect(backups).toMatchObject([{ path, presence: 'missing' }]);
});

test('any archive can be verified by its path, and a damaged one is refused with its place', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const backup = await backUp(session);
  await verified(session, backup.id);
  const bytes = readFileSync(backup.path);
  bytes.writeUInt8(bytes.readUInt8(5_000) ^ 1, 5_000);
  const copy = join(folder.path, 'copy.tar.zst');
  writeFileSync(copy, bytes);
  const { job } = await session.call(backupVerify, {
    requestId: requestId(),
    backup: { kind: 'path', path: copy },
  });
  expect((await session.ended(job)).state).toMatchObject({
    kind: 'failed',
    failure: { code: 'archive-damaged', params: { path: copy } },
  });
});

test('an absent marker means offline: nothing is written and the problem is named', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  rmSync(join(app.store, '.kedge-store.json'));
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const { job } = await session.call(backupCreate, { requestId: requestId() });
  expect((await session.ended(job)).state).toMatchObject({
    kind: 'failed',
    failure: { code: 'store-offline' },
  });
  expect(readdirSync(app.store)).toEqual([]);
  const { problems, stores } = await session.call(snapshotGet, {});
  expect(stores).toMatchObject([{ state: 'offline' }]);
  expect(problems.map(({ id }) => id)).toContain('store-local');
});

test('a schedule that is set stands in the file, comments kept, and is in force at once', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const path = join(app.home, 'kedge.jsonc');
  writeFileSync(path, `// mine\n${readFileSync(path, 'utf8')}`);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await session.call(scheduleSet, {
    requestId: requestId(),
    schedule: 'nightly',
    settings: { full: { every: 'day', at: '02:00' }, store: 'local', zone: 'Europe/Berlin' },
  });
  const { schedules } = await session.call(snapshotGet, {});
  expect(schedules).toMatchObject([{ id: 'nightly', nextMs: expect.any(Number) }]);
  expect(readFileSync(path, 'utf8')).toMatch(/^\/\/ mine\n[\s\S]*"nightly"/);
});

test('a cancelled backup leaves nothing behind', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  holdBackups(app);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const { job } = await session.call(backupCreate, { requestId: requestId() });
  await expect.poll(() => readdirSync(app.store).length).toBeGreaterThan(1);
  await session.call(jobCancel, { requestId: requestId(), job });
  const ended = await session.ended(job);
  expect(ended.state.kind).toBe('cancelled');
  expect(readdirSync(app.store)).toEqual(['.kedge-store.json']);
  expect((await session.call(jobLog, { job, lines: 10 })).lines.length).toBeGreaterThan(0);
});

test('a second Kedge in the same home is refused and names the first', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  await expect(startKedge(app.home)).rejects.toThrow(
    `another Kedge (process ${kedge.process.pid}) already works in "${app.home}"`,
  );
});

test('a source that another Kedge protects is refused by name', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using _kedge = await startKedge(app.home);
  const other = join(folder.path, 'other');
  await makeOtherHome(other, join(app.home, 'kedge.jsonc'));
  await expect(startKedge(other)).rejects.toThrow('already protected by another Kedge');
});

async function makeOtherHome(home: string, config: string): Promise<void> {
  const { cp, mkdir } = await import('node:fs/promises');
  await mkdir(home);
  await cp(config, join(home, 'kedge.jsonc'));
}
