import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { momentDays, momentList } from '../../protocol/methods/moments.ts';
import { restorePlan, restoreRun } from '../../protocol/methods/restore.ts';
import { findBackup, refusalOf, resultOf } from '../support/chain-fixture.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

/** Takes a backup and waits until it is good. */
async function take(session: Session): Promise<Backup> {
  const result = await resultOf(session, session.call(backupCreate, { requestId: randomUUID() }));
  if (result.kind !== 'backup') throw new Error(result.kind);
  const { backup } = result;
  await until(async () => (await findBackup(session, backup.id))?.integrity === 'ok', 30_000);
  return backup;
}

async function planAt(session: Session, atMs: number) {
  const asked = session.call(restorePlan, { requestId: randomUUID(), atMs });
  const result = await resultOf(session, asked);
  if (result.kind !== 'plan') throw new Error(result.kind);
  return result.plan;
}

test('a moment finds its backup; once restored, the next plan knows how long that took', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const first = await take(session);
  const second = await take(session);
  const database = new Database(app.database);
  database.exec('create table later (x); insert into later values (1), (2)');
  database.close();

  const early = await planAt(session, second.capturedAtMs - 1);
  expect(early.backup.id).toBe(first.id);
  expect(early.asked).toMatchObject({ atMs: second.capturedAtMs - 1, passedOver: [] });
  expect(early.downtimeFrom).toBe('estimate');
  expect(early.undoBytes).toBeGreaterThan(0);

  const { days } = await session.call(momentDays, { zone: 'UTC' });
  expect(days.map(({ good, total }) => [good, total])).toEqual([[2, 2]]);
  const { fromMs = 0, toMs = 0 } = days[0] ?? {};
  const { moments } = await session.call(momentList, { fromMs, toMs });
  expect(moments.map(({ backup }) => backup)).toEqual([second.id, first.id]);

  rmSync(second.path);
  const late = await planAt(session, Date.now());
  expect(late.backup.id).toBe(first.id);
  expect(late.asked?.passedOver).toMatchObject([{ backup: second.id, why: 'its file is gone' }]);
  const tables = late.changes.flatMap((change) => change.tables ?? []);
  expect(tables).toContainEqual({
    table: 'later',
    backupRows: 0,
    liveRows: 2,
    inserted: 2,
    changed: 0,
    deleted: 0,
  });

  const { id: plan, application: confirmation } = late;
  await resultOf(
    session,
    session.call(restoreRun, { requestId: randomUUID(), plan, confirmation }),
  );
  const again = await planAt(session, Date.now());
  expect(again.downtimeFrom).toBe('restore');
  expect(again.downtimeSeconds).toBeGreaterThan(0);
}, 120_000);

test('a moment before all backups, both and neither are refused', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const backup = await take(session);
  const requestId = () => randomUUID();
  const atMs = backup.capturedAtMs - 1000;
  expect(await refusalOf(session.call(restorePlan, { requestId: requestId(), atMs }))).toMatch(
    /^no-good-backup: there is no good backup from .* or before: the oldest, ".*", is of /,
  );
  const both = { requestId: requestId(), atMs, backup: { kind: 'id', id: backup.id } } as const;
  expect(await refusalOf(session.call(restorePlan, both))).toMatch(/^bad-argument/);
  expect(await refusalOf(session.call(restorePlan, { requestId: requestId() }))).toMatch(
    /^bad-argument/,
  );
}, 60_000);
