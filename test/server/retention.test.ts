import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import { backupCreate, backupList } from '../../protocol/methods/backup.ts';
import { retentionPreview } from '../../protocol/methods/retention.ts';
import { scheduleRun } from '../../protocol/methods/schedule.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { timeOfDayIn } from '../support/time-of-day.ts';

const full = { every: 'day', at: timeOfDayIn(12) } as const;
const schedules = {
  nightly: {
    full,
    store: 'local',
    zone: 'UTC',
    deleteOlderThan: '1 hour',
  },
};

async function take(session: Session, by: 'schedule' | 'hand'): Promise<Backup> {
  const requestId = randomUUID();
  const { job } =
    by === 'hand'
      ? await session.call(backupCreate, { requestId })
      : await session.call(scheduleRun, { requestId, schedule: 'nightly' });
  const { state } = await session.ended(job);
  if (state.kind !== 'done' || state.result.kind !== 'backup') throw new Error(state.kind);
  const { id } = state.result.backup;
  await session.until(
    ({ change }) =>
      change.topic === 'job' &&
      change.job.state.kind === 'done' &&
      change.job.state.result.kind === 'verify' &&
      change.job.title.includes(id.slice(0, 8)),
  );
  return state.result.backup;
}

/** Makes it look two hours older, and of another installation where asked. */
function age(home: string, backup: Backup, more: Partial<Backup> = {}): void {
  const catalogue = new Database(join(home, 'state', 'catalogue.sqlite'));
  const capturedAtMs = backup.capturedAtMs - 2 * 3_600_000;
  const { record } = catalogue
    .prepare<[string], { record: string }>('select record from backups where id = ?')
    .get(backup.id) ?? { record: '{}' };
  catalogue
    .prepare('update backups set captured_ms = ?, record = ? where id = ?')
    .run(capturedAtMs, JSON.stringify({ ...JSON.parse(record), capturedAtMs, ...more }), backup.id);
  catalogue.close();
}

test('retention removes what its schedule made and is too old, and nothing else', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path, { schedules });
  const made = await (async () => {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const expired = await take(session, 'schedule');
    const foreign = await take(session, 'schedule');
    const byHand = await take(session, 'hand');
    const recent = await take(session, 'schedule');
    return { expired, foreign, byHand, recent };
  })();
  age(app.home, made.expired);
  age(app.home, made.foreign, { installation: 'another' });
  age(app.home, made.byHand);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const { lines } = await session.call(retentionPreview, {});
  expect(lines.filter(({ verdict }) => verdict === 'goes').map(({ backup }) => backup)).toEqual([
    made.expired.id,
  ]);
  const { nightly } = schedules;
  const { deleteOlderThan: _, ...forever } = nightly;
  const supposed = await session.call(retentionPreview, {
    schedule: 'nightly',
    settings: { ...forever, keep: { last: 2 } },
  });
  // The one by hand is of no schedule.
  expect(supposed.lines.map(({ verdict, reason }) => `${verdict}: ${reason}`).toSorted()).toEqual([
    'stays: made by another installation of Kedge',
    'stays: one of the last 2',
    'stays: one of the last 2',
  ]);
  const newest = await take(session, 'schedule');
  await expect.poll(() => existsSync(made.expired.path), { timeout: 30_000 }).toBe(false);
  const { backups } = await session.call(backupList, { offset: 0, limit: 10 });
  expect(new Set(backups.map(({ id }) => id))).toEqual(
    new Set([newest.id, made.recent.id, made.byHand.id, made.foreign.id]),
  );
  expect(backups.every(({ path }) => existsSync(path))).toBe(true);
});

test('the only good full stays, however old', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path, { schedules });
  const only = await (async () => {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    return await take(session, 'schedule');
  })();
  age(app.home, only);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  expect((await session.call(retentionPreview, {})).lines).toMatchObject([
    { backup: only.id, verdict: 'stays', reason: 'the newest good full always stays' },
  ]);
});
