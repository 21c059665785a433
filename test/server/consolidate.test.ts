import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Daemon } from '../../agent/server/daemon.ts';
import { leasedBackups } from '../../agent/server/leases.ts';
import { type Backup, isGood } from '../../protocol/domain/backup.ts';
import type { JobResult } from '../../protocol/domain/job.ts';
import {
  backupConsolidate,
  backupCreate,
  backupDelete,
  backupList,
} from '../../protocol/methods/backup.ts';
import { restorePlan, restoreRun } from '../../protocol/methods/restore.ts';
import { cannedBackup } from '../support/canned-snapshot.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { countOrders, deleteOrders, makeSmallApplication } from '../support/small-application.ts';
import { tempFolder, temporaryFolder } from '../support/temp-folder.ts';

async function resultOf(session: Session, started: Promise<{ job: number }>): Promise<JobResult> {
  const { state } = await session.ended((await started).job);
  if (state.kind !== 'done') throw new Error(JSON.stringify(state));
  return state.result;
}

/** Waits until what the job makes is listed and verified. */
async function made(session: Session, started: Promise<{ job: number }>): Promise<Backup> {
  const result = await resultOf(session, started);
  if (result.kind !== 'backup') throw new Error(result.kind);
  const { id } = result.backup;
  const listed = async () => {
    const { backups } = await session.call(backupList, { offset: 0, limit: 10 });
    return backups.some((backup) => backup.id === id && isGood(backup));
  };
  await expect.poll(listed, { timeout: 30_000 }).toBe(true);
  return result.backup;
}

const take = (session: Session, kind: Backup['kind']) =>
  made(session, session.call(backupCreate, { requestId: randomUUID(), kind }));

const remove = (session: Session, { id, path }: Backup) =>
  session.call(backupDelete, {
    requestId: randomUUID(),
    backup: id,
    confirmation: basename(path),
  });

test('a consolidated full is listed, verified, restored, and the base of the next differential, with both others deleted', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const full = await take(session, 'full');
  deleteOrders(app.database, 100);
  writeFileSync(join(app.uploads, 'later.txt'), 'came later');
  const differential = await take(session, 'differential');
  const reference = { kind: 'id', id: differential.id } as const;
  const order = { requestId: randomUUID(), backup: reference };
  const whole = await made(session, session.call(backupConsolidate, order));
  expect(whole).toMatchObject({
    kind: 'full',
    store: 'local',
    capturedAtMs: differential.capturedAtMs,
    origin: 'manual',
  });
  const again = { requestId: randomUUID(), backup: { kind: 'path', path: whole.path } } as const;
  await expect(session.call(backupConsolidate, again)).rejects.toThrow(/stands alone already/);

  await remove(session, differential);
  await remove(session, full);
  expect(readdirSync(app.store).filter((name) => name.endsWith('.zst'))).toEqual([
    basename(whole.path),
  ]);
  const next = await take(session, 'differential');
  expect(next).toMatchObject({ kind: 'differential', base: whole.id });

  deleteOrders(app.database, 500);
  const asked = { requestId: randomUUID(), backup: { kind: 'id', id: whole.id } } as const;
  const result = await resultOf(session, session.call(restorePlan, asked));
  if (result.kind !== 'plan') throw new Error(result.kind);
  const { id: plan, application: confirmation, obstacles } = result.plan;
  expect(obstacles).toEqual([]);
  const run = { requestId: randomUUID(), plan, confirmation };
  expect(await resultOf(session, session.call(restoreRun, run))).toMatchObject({
    restore: { outcome: 'restored' },
  });
  expect(countOrders(app.database)).toBe(1_900);
  expect(existsSync(join(app.uploads, 'later.txt'))).toBe(true);
}, 120_000);

test('neither archive may go while one is made of them', () => {
  const backup = cannedBackup({ id: 'the-differential', kind: 'differential', base: 'the-full' });
  const order = {
    kind: 'consolidate',
    path: backup.path,
    backup,
    backupId: 'the-new-one',
    destination: { kind: 'store', store: 'local' },
  };
  const daemon = {
    state: { jobs: { unfinished: () => [{ job: { id: 1 }, order }] } },
    transfers: { read: [] },
    places: { state: temporaryFolder() },
  } as unknown as Daemon;
  expect(leasedBackups(daemon)).toEqual(new Set(['the-differential', 'the-full']));
});
