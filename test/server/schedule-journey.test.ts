import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { initStore } from '../../agent/stores/stores.ts';
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
import { timeOfDayIn } from '../support/time-of-day.ts';

const zone = 'Europe/Berlin';
const at = timeOfDayIn(2, zone);
const nightly = {
  full: { every: 'day', at },
  differential: { when: { every: 'hours', hours: 4 }, store: 'second' },
  store: 'local',
  zone,
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
  const second = join(folder.path, 'second');
  mkdirSync(second);
  await initStore('second', { kind: 'local', path: second });
  const local = { kind: 'local', path: join(folder.path, 'backups') };
  const stores = { local, second: { kind: 'local', path: second } };
  const app = await makeSmallApplication(folder.path, { stores });
  const before = await (async () => {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const preview = await session.call(schedulePreview, { settings: nightly });
    expect(preview).toMatchObject({
      words: `every day at ${at} (${zone}), differentials every 4 hours (5 between two fulls)`,
      betweenFulls: 5,
    });
    expect(preview.runs).toHaveLength(10);
    const requestId = () => randomUUID();
    const wrong = { ...nightly, blackout: [{ from: '00:00', to: '00:00' }] };
    await expect(
      session.call(scheduleSet, { requestId: requestId(), schedule: 'nightly', settings: wrong }),
    ).rejects.toThrow('no moment of the week is left');
    const far = { ...nightly, copyTo: 'mars' };
    await expect(
      session.call(scheduleSet, { requestId: requestId(), schedule: 'nightly', settings: far }),
    ).rejects.toThrow('no destination "mars"');
    const order = { requestId: requestId(), schedule: 'nightly', settings: nightly };
    await session.call(scheduleSet, order);
    await expect.poll(async () => (await show(session)).schedule.nextMs).toBe(preview.nextMs[0]);

    // There is no full yet: it becomes one, and says why.
    await run(session, 'differential');
    const list = async () =>
      (await session.call(backupList, { offset: 0, limit: 9 })).backups
        .map(({ kind, store, proof }) => `${kind} in ${store} ${proof.kind}`)
        .toSorted();
    await expect.poll(list, { timeout: 30_000 }).toEqual(['full in local verified']);
    deleteOrders(app.database, 100);
    await run(session, 'differential');
    const both = ['differential in second verified', 'full in local verified'];
    await expect.poll(list, { timeout: 30_000 }).toEqual(both);
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
