import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { JobResult } from '../../protocol/domain/job.ts';
import {
  backupBrowse,
  backupCreate,
  backupDelete,
  backupExtract,
  backupList,
} from '../../protocol/methods/backup.ts';
import { restorePlan, restoreRun } from '../../protocol/methods/restore.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { countOrders, deleteOrders, makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function resultOf(session: Session, started: Promise<{ job: number }>): Promise<JobResult> {
  const { state } = await session.ended((await started).job);
  if (state.kind !== 'done') throw new Error(JSON.stringify(state));
  return state.result;
}

/** Takes one and waits until it is verified. */
async function take(session: Session, kind: Backup['kind']) {
  const order = { requestId: randomUUID(), kind };
  const result = await resultOf(session, session.call(backupCreate, order));
  if (result.kind !== 'backup') throw new Error(result.kind);
  const { id } = result.backup;
  const proof = async () => {
    const { backups } = await session.call(backupList, { offset: 0, limit: 10 });
    return backups.find((backup) => backup.id === id)?.proof.kind;
  };
  await expect.poll(proof, { timeout: 30_000 }).toBe('verified');
  return result;
}

async function planOf(session: Session, backup: string) {
  const order = { requestId: randomUUID(), backup: { kind: 'id', id: backup } } as const;
  const result = await resultOf(session, session.call(restorePlan, order));
  if (result.kind !== 'plan') throw new Error(result.kind);
  return result.plan;
}

test('a differential is verified, browsed and restored with its full, which can not be deleted as long as it is there', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const first = await take(session, 'differential');
  expect(first.backup.kind).toBe('full');
  expect(first.note).toMatch(/there is no full of this application in "/);

  deleteOrders(app.database, 100);
  writeFileSync(join(app.uploads, 'later.txt'), 'came later');
  const { backup, note } = await take(session, 'differential');
  expect(backup).toMatchObject({ kind: 'differential', base: first.backup.id });
  expect(note).toBeUndefined();

  deleteOrders(app.database, 500);
  rmSync(join(app.uploads, 'later.txt'));
  const reference = { kind: 'id', id: backup.id } as const;
  const { entries } = await session.call(backupBrowse, {
    backup: reference,
    path: 'uploads',
    offset: 0,
    limit: 100,
  });
  expect(entries.map(({ name }) => name)).toContain('later.txt');
  expect(entries.length).toBeGreaterThan(1);

  const wanted = {
    backup: reference,
    paths: ['uploads/later.txt'],
    folder: join(folder.path, 'out'),
  };
  await resultOf(session, session.call(backupExtract, { requestId: randomUUID(), ...wanted }));
  expect(readFileSync(join(folder.path, 'out/later.txt'), 'utf8')).toBe('came later');

  const confirmation = basename(first.backup.path);
  await expect(
    session.call(backupDelete, { requestId: randomUUID(), backup: first.backup.id, confirmation }),
  ).rejects.toThrow(basename(backup.path));

  const plan = await planOf(session, backup.id);
  expect(plan.obstacles).toEqual([]);
  const order = { requestId: randomUUID(), plan: plan.id, confirmation: plan.application };
  expect(await resultOf(session, session.call(restoreRun, order))).toMatchObject({
    restore: { outcome: 'restored' },
  });
  expect(countOrders(app.database)).toBe(1_900);
}, 120_000);

test('without its full the plan of a restore fails by the name of the full, and the next differential is a full', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const full = (await take(session, 'full')).backup;
  const { backup } = await take(session, 'differential');
  renameSync(full.path, join(folder.path, 'taken away.tar.zst'));
  const { job } = await session.call(restorePlan, {
    requestId: randomUUID(),
    backup: { kind: 'id', id: backup.id },
  });
  expect((await session.ended(job)).state).toMatchObject({
    kind: 'failed',
    failure: { code: 'base-missing', params: { base: basename(full.path) } },
  });
  const next = await take(session, 'differential');
  expect(next.backup.kind).toBe('full');
  expect(next.note).toBe(
    `a full was taken instead of a differential: the last full, "${basename(full.path)}", is not in "local" any more`,
  );
}, 120_000);
