import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { RestorePlan, RestoreResult } from '../../protocol/domain/restore.ts';
import { backupCreate, backupDelete, backupList } from '../../protocol/methods/backup.ts';
import { restorePlan, restoreRun, undoRemove, undoRun } from '../../protocol/methods/restore.ts';

import { serviceStart } from '../../protocol/methods/service.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import {
  countOrders,
  deleteOrders,
  makeSmallApplication,
  type SmallApplication,
} from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function ended(session: Session, { job }: { job: number }) {
  const { state } = await session.ended(job);
  if (state.kind !== 'done') throw new Error(JSON.stringify(state));
  return state.result;
}

async function take(session: Session): Promise<Backup> {
  const result = await ended(
    session,
    await session.call(backupCreate, { requestId: randomUUID() }),
  );
  if (result.kind !== 'backup') throw new Error(result.kind);
  const { id } = result.backup;
  await expect
    .poll(async () => (await backups(session)).find((one) => one.id === id)?.proof.kind, {
      timeout: 30_000,
    })
    .toBe('verified');
  return result.backup;
}

async function backups(session: Session): Promise<readonly Backup[]> {
  return (await session.call(backupList, { offset: 0, limit: 100 })).backups;
}

async function plan(session: Session, id: string, choices = {}): Promise<RestorePlan> {
  const order = { requestId: randomUUID(), backup: { kind: 'id', id }, choices } as const;
  const result = await ended(session, await session.call(restorePlan, order));
  if (result.kind !== 'plan') throw new Error(result.kind);
  return result.plan;
}

async function run(
  session: Session,
  { id }: RestorePlan,
  consents: string[] = [],
): Promise<RestoreResult> {
  const order = { requestId: randomUUID(), plan: id, confirmation: 'Shop', consents };
  const result = await ended(session, await session.call(restoreRun, order));
  if (result.kind !== 'restore') throw new Error(result.kind);
  return result.restore;
}

function archivesIn(app: SmallApplication): readonly string[] {
  return readdirSync(app.store).filter((name) => name.includes('.tar.zst'));
}

test('a restore takes a verified differential of what is live, which its undo holds and takes with it', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const full = await take(session);
  deleteOrders(app.database, 200);
  const planned = await plan(session, full.id);
  expect(planned.safety).toMatchObject({ kind: 'taken', folder: app.store, base: full.id });
  expect(planned.steps[0]).toContain(app.store);

  const { safety, undo = '', undoExpiresAtMs } = await run(session, planned);

  expect(safety).toMatchObject({
    kind: 'differential',
    base: full.id,
    origin: 'safety',
    store: 'local',
    proof: { kind: 'verified' },
    integrity: 'ok',
  });
  expect(undoExpiresAtMs).toBeGreaterThan(Date.now());
  expect(countOrders(app.database)).toBe(2_000);
  const [listed] = (await backups(session)).filter(({ origin }) => origin === 'safety');
  expect(listed).toMatchObject({ id: safety?.id, proof: { kind: 'verified' }, integrity: 'ok' });
  const confirmation = basename(safety?.path ?? '');
  await expect(
    session.call(backupDelete, { requestId: randomUUID(), backup: listed?.id ?? '', confirmation }),
  ).rejects.toThrow(/safety backup of a restore, and goes with its undo/);

  // It holds what was live: restored, it is that again.
  const back = await plan(session, safety?.id ?? '');
  expect(back.changes[0]?.tables).toMatchObject([{ backupRows: 1_800, liveRows: 2_000 }]);

  await session.call(undoRemove, { requestId: randomUUID(), undo, confirmation: 'Shop' });
  expect((await backups(session)).map(({ id }) => id)).toEqual([full.id]);
  expect(archivesIn(app)).toEqual([basename(full.path)]);
});

test('an undo that is used takes the safety backup along', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const full = await take(session);
  deleteOrders(app.database, 200);
  const { undo = '', safety } = await run(session, await plan(session, full.id));
  expect(existsSync(safety?.path ?? '')).toBe(true);

  const order = { requestId: randomUUID(), undo, confirmation: 'Shop' };
  await ended(session, await session.call(undoRun, order));

  expect(countOrders(app.database)).toBe(1_800);
  await expect.poll(() => archivesIn(app), { timeout: 30_000 }).toEqual([basename(full.path)]);
});

test('a folder takes the safety backup where it is named, and one that is not there is said in the plan', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const full = await take(session);
  const elsewhere = join(folder.path, 'elsewhere');
  const refused = await plan(session, full.id, { safetyTo: elsewhere });
  expect(refused.safety).toMatchObject({ kind: 'impossible' });
  expect(refused.obstacles).toEqual([expect.stringContaining('--without-safety-backup')]);

  mkdirSync(elsewhere);
  const { safety } = await run(session, await plan(session, full.id, { safetyTo: elsewhere }));

  expect(dirname(safety?.path ?? '')).toBe(elsewhere);
  expect(safety?.base).toBe(full.id);
});

test('while no full is good the safety backup is a full, and the plan says why', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const full = await take(session);
  const copy = join(folder.path, 'copy.tar.zst');
  renameSync(full.path, copy);
  const order = { requestId: randomUUID(), backup: { kind: 'path', path: copy } } as const;
  const planned = await ended(session, await session.call(restorePlan, order));
  if (planned.kind !== 'plan') throw new Error(planned.kind);
  expect(planned.plan.safety).toMatchObject({ kind: 'taken', note: expect.any(String) });

  expect((await run(session, planned.plan)).safety?.kind).toBe('full');
});

test('without a safety backup a restore runs only when its words are typed', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const full = await take(session);
  const planned = await plan(session, full.id, { withoutSafetyBackup: true });
  expect(planned.safety).toEqual({ kind: 'left out' });

  await expect(run(session, planned)).rejects.toMatchObject({
    failure: { code: 'consent-missing', params: { words: 'without safety backup' } },
  });
  const result = await run(session, planned, ['without safety backup']);

  expect(result.safety).toBeUndefined();
  expect(result.notes).toContain('no safety backup was taken, as it was agreed');
  expect(archivesIn(app)).toEqual([basename(full.path)]);
});

test('live data that can not be captured does not stop the restore: it is a gap of the safety backup', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const full = await take(session);
  for (const end of ['-wal', '-shm']) rmSync(app.database + end, { force: true });
  writeFileSync(app.database, 'this is no database '.repeat(1_000));
  const planned = await plan(session, full.id);
  expect(planned.safety).toMatchObject({
    kind: 'taken',
    gaps: [expect.stringContaining('shop.db')],
  });

  const { safety, notes } = await run(session, planned);

  expect(safety?.gaps).toMatchObject([{ kind: 'source', source: 'database' }]);
  expect(notes).toContainEqual(
    expect.stringContaining('the safety backup is without source "database"'),
  );
  expect(countOrders(app.database)).toBe(2_000);
});

test('where nothing is live there is nothing to take a safety backup of', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const full = await take(session);
  rmSync(join(folder.path, 'app'), { recursive: true });
  const planned = await plan(session, full.id);
  expect(planned.safety).toEqual({ kind: 'not needed', why: 'nothing is live' });

  const { safety } = await run(session, planned);

  expect(safety).toBeUndefined();
  expect(countOrders(app.database)).toBe(2_000);
});

test('a restore that is rolled back leaves no safety backup', async () => {
  using folder = tempFolder();
  const broken = join(folder.path, 'broken');
  const host = {
    manager: 'process',
    role: 'host',
    command: ['/bin/sh', '-c', `test -e '${broken}' || exec sleep 600`],
    stableSeconds: 0.2,
    startTimeoutSeconds: 30,
    stopWithAgent: true,
  };
  const app = await makeSmallApplication(folder.path, { services: { host } });
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await session.call(serviceStart, { requestId: randomUUID(), service: 'host' });
  const full = await take(session);
  deleteOrders(app.database, 200);
  const planned = await plan(session, full.id);
  writeFileSync(broken, '');

  await expect(run(session, planned)).rejects.toThrow(/rolled-back/);

  expect(countOrders(app.database)).toBe(1_800);
  await expect.poll(() => archivesIn(app), { timeout: 30_000 }).toEqual([basename(full.path)]);
  // The lease is let go of after the backup it holds.
  await expect
    .poll(() => readdirSync(join(app.home, 'state', 'leases')), { timeout: 30_000 })
    .toEqual([]);
});
