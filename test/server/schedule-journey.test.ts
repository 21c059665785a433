import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Job } from '../../protocol/domain/job.ts';
import { backupList } from '../../protocol/methods/backup.ts';
import {
  schedulePause,
  schedulePreview,
  scheduleRun,
  scheduleSet,
  scheduleShow,
  scheduleSkip,
} from '../../protocol/methods/schedule.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { deleteOrders, makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

const nightly = {
  full: { every: 'day', at: '02:00' },
  differential: { when: { every: 'hours', hours: 4 } },
  store: 'local',
  zone: 'Europe/Berlin',
} as const;

async function run(session: Session, kind: 'full' | 'differential'): Promise<Job> {
  const { job } = await session.call(scheduleRun, {
    requestId: randomUUID(),
    schedule: 'nightly',
    kind,
  });
  return await session.ended(job);
}

const show = async (session: Session) => await session.call(scheduleShow, { schedule: 'nightly' });

test('a schedule is set, shown, run by hand as full and differential, skipped and paused, and remembers', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const before = await (async () => {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const preview = await session.call(schedulePreview, { settings: nightly });
    expect(preview).toMatchObject({
      words:
        'every day at 02:00 (Europe/Berlin), differentials every 4 hours (5 between two fulls)',
      betweenFulls: 5,
    });
    expect(preview.runs).toHaveLength(10);
    const requestId = () => randomUUID();
    const wrong = { ...nightly, blackout: [{ from: '00:00', to: '00:00' }] };
    await expect(
      session.call(scheduleSet, { requestId: requestId(), schedule: 'nightly', settings: wrong }),
    ).rejects.toThrow('leave no moment of the week');
    const far = { ...nightly, copyTo: 'mars' };
    await expect(
      session.call(scheduleSet, { requestId: requestId(), schedule: 'nightly', settings: far }),
    ).rejects.toThrow('no destination "mars"');
    const order = { requestId: requestId(), schedule: 'nightly', settings: nightly };
    await session.call(scheduleSet, order);
    await expect.poll(async () => (await show(session)).schedule.nextMs).toBe(preview.nextMs[0]);

    // There is no full yet: it becomes one, and says why.
    await run(session, 'differential');
    const verified = async () =>
      (await session.call(backupList, { offset: 0, limit: 9 })).backups[0]?.proof.kind;
    await expect.poll(verified, { timeout: 30_000 }).toBe('verified');
    deleteOrders(app.database, 100);
    await run(session, 'differential');
    const { backups } = await session.call(backupList, { offset: 0, limit: 9 });
    expect(backups.map(({ kind }) => kind).toSorted()).toEqual(['differential', 'full']);
    const { runs, schedule } = await show(session);
    expect(runs).toMatchObject([
      { kind: 'differential', outcome: 'complete' },
      { kind: 'differential', outcome: 'complete', note: expect.stringContaining('no full') },
    ]);
    expect(schedule.lastGoodMs).toBe(runs[0]?.atMs);

    const skip = { requestId: requestId(), schedule: 'nightly', skip: true };
    const skipped = await session.call(scheduleSkip, skip);
    expect(skipped.schedule).toMatchObject({ skipsNext: true, nextMs: preview.nextMs[0] });
    return { runs, nextMs: skipped.schedule.nextMs };
  })();

  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const after = await show(session);
  expect(after.runs).toEqual(before.runs);
  expect(after.schedule).toMatchObject({ skipsNext: true, nextMs: before.nextMs });
  const undo = { requestId: randomUUID(), schedule: 'nightly', skip: false };
  expect((await session.call(scheduleSkip, undo)).schedule.skipsNext).toBeUndefined();
  await session.call(schedulePause, { requestId: randomUUID(), schedule: 'nightly', paused: true });
  await expect.poll(async () => (await show(session)).coming).toBeUndefined();
  const late = { requestId: randomUUID(), schedule: 'nightly', skip: true };
  await expect(session.call(scheduleSkip, late)).rejects.toThrow('paused');
});
