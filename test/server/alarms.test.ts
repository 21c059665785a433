import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { expect, test } from 'vitest';
import { alarmList } from '../../protocol/methods/alarm.ts';
import { scheduleRun } from '../../protocol/methods/schedule.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { startHttpSink } from '../support/http-sink.ts';
import { openSession, type Session } from '../support/kedge.ts';
import { startQuickKedge } from '../support/quick-kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { timeOfDayIn } from '../support/time-of-day.ts';
import { until } from '../support/until.ts';

/** The key of the alarm about failed runs. */
const failed = 'job-backup-nightly';

async function takeRun(session: Session): Promise<string> {
  const { job } = await session.call(scheduleRun, {
    requestId: randomUUID(),
    schedule: 'nightly',
  });
  return (await session.ended(job)).state.kind;
}

test('runs ping, and an alarm that could not be told before Kedge was killed is told once after its next start', async () => {
  using folder = tempFolder();
  await using hooks = await startHttpSink();
  await using pings = await startHttpSink();
  const app = await makeSmallApplication(folder.path, {
    schedules: {
      nightly: { full: { every: 'day', at: timeOfDayIn(12) }, store: 'local', zone: 'UTC' },
    },
    alarms: {
      routes: {
        chat: { kind: 'webhook', url: hooks.url },
        silence: { kind: 'ping', url: `${pings.url}/uuid` },
      },
    },
  });
  hooks.answerWith(...Array<number>(1_000).fill(500));
  {
    await using kedge = await startQuickKedge(app.home);
    using session = await openSession(kedge.socket);
    expect(await takeRun(session)).toBe('done');
    await until(() => pings.received.length === 1);
    renameSync(app.database, `${app.database}.away`);
    renameSync(app.uploads, `${app.uploads}.away`);
    renameSync(app.settings, `${app.settings}.away`);
    expect(await takeRun(session)).toBe('failed');
    await until(() => pings.received.length === 2);
    await session.until(
      ({ change }) =>
        change.topic === 'alarms' &&
        change.alarms.some(({ key, deliveries: [one] }) => key === failed && one?.tries === 1),
    );
    const { alarms } = await session.call(snapshotGet, {});
    // That a route takes nothing is an alarm soon, too.
    expect(alarms?.filter(({ key }) => key !== 'route-chat')).toMatchObject([
      { key: failed, state: 'open' },
    ]);
    await kedge.kill();
  }
  expect(pings.received.map(({ path }) => path)).toEqual(['/uuid', '/uuid/fail']);
  hooks.answerWith();
  const before = hooks.received.length;
  await using kedge = await startQuickKedge(app.home);
  using session = await openSession(kedge.socket);
  await until(() => hooks.received.length === before + 1);
  await until(async () => {
    const { alarms } = await session.call(alarmList, {});
    return alarms.find(({ key }) => key === failed)?.deliveries[0]?.state === 'sent';
  });
  const ids = new Set(hooks.received.map(({ headers }) => headers['kedge-delivery']));
  expect(ids.size).toBe(1);
  renameSync(`${app.database}.away`, app.database);
  renameSync(`${app.uploads}.away`, app.uploads);
  renameSync(`${app.settings}.away`, app.settings);
  expect(await takeRun(session)).toBe('done');
  await until(() => hooks.received.length === before + 2);
  expect(JSON.parse(hooks.received.at(-1)?.body ?? '')).toMatchObject({ what: 'cured' });
  await until(() => pings.received.length === 3);
  expect(pings.received.at(-1)?.path).toBe('/uuid');
});
