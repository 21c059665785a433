import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configGet, configSet } from '../../protocol/methods/config.ts';
import { schedulePause, scheduleSet } from '../../protocol/methods/schedule.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { openSession as openWindow } from '../../tui/store/session.ts';
import { openSession, type RunningKedge, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const folder = tempFolder();
let kedge: RunningKedge;

const nightly = { full: { every: 'day', at: '02:00' }, store: 'local', zone: 'UTC' } as const;

beforeAll(async () => {
  const app = await makeSmallApplication(folder.path, { schedules: { nightly } });
  kedge = await startKedge(app.home);
});

afterAll(async () => {
  await kedge.stop();
  folder[Symbol.dispose]();
});

function window(user: string) {
  return openWindow({
    socket: kedge.socket,
    client: 'kedge',
    claimedUser: user,
    tty: 'pts/3',
    reconnect: 'always',
  });
}

test('those who have a window open see each other, where they are, and that they have gone', async () => {
  await using sara = window('sara');
  sara.client.showView('overview');
  const seen = () =>
    (sara.store.get().snapshot?.people ?? []).map(({ user, view }) => `${user} in ${view}`);
  {
    await using ali = window('ali');
    ali.client.showView('restore');
    await until(() => seen().join() === 'sara in overview,ali in restore');
    ali.client.showView('services');
    await until(() => seen().join() === 'sara in overview,ali in services');
    const own = await ali.client.opened(AbortSignal.timeout(10_000));
    const people = ali.store.get().snapshot?.people ?? [];
    expect(people.find(({ session }) => session === own.session)).toMatchObject({
      user: 'ali',
      tty: 'pts/3',
      role: 'admin',
    });
  }
  await until(() => seen().join() === 'sara in overview');
});

test('who shows no screen is not there, and nothing is told while nothing changes', async () => {
  await using sara = window('sara');
  sara.client.showView('overview');
  using shell = await openSession(kedge.socket);
  await shell.until(({ change }) => change.topic === 'people' && change.people.length === 1);
  const told = shell.notices.length;
  sara.client.showView('overview');
  sara.client.showView('restore');
  sara.client.showView('overview');
  // Longer than a change needs to be told.
  await delay(600);
  expect(shell.notices.slice(told).filter(({ change }) => change.topic === 'people')).toEqual([]);
  expect((await shell.call(snapshotGet, {})).people).toHaveLength(1);
});

test('of two who save at once the second is told who was first, and overwrites nothing', async () => {
  using ali = await openSession(kedge.socket, { claimedUser: 'ali', tty: 'tty2' });
  using sara = await openSession(kedge.socket, { claimedUser: 'sara' });
  const read = await sara.call(configGet, {});
  const { revision } = await ali.call(configGet, {});
  const later = { ...nightly, full: { every: 'day', at: '03:00' } } as const;
  const set = { schedule: 'nightly', settings: later, revision };
  await ali.call(scheduleSet, { requestId: randomUUID(), ...set });

  const refusal = { failure: { code: 'config-changed-by', params: { who: 'ali (tty2)' } } };
  const text = read.text.replace('Shop', 'Store');
  const save = { text, revision: read.revision };
  await expect(sara.call(configSet, { requestId: randomUUID(), ...save })).rejects.toMatchObject(
    refusal,
  );
  const again = { ...set, settings: nightly };
  await expect(sara.call(scheduleSet, { requestId: randomUUID(), ...again })).rejects.toMatchObject(
    refusal,
  );

  // What names no text that was read changes its own place alone, on top of what there is.
  await sara.call(schedulePause, { requestId: randomUUID(), schedule: 'nightly', paused: true });
  const { text: now } = await sara.call(configGet, {});
  expect(JSON.parse(now)).toMatchObject({
    application: { name: 'Shop' },
    schedules: { nightly: { full: { at: '03:00' }, paused: true } },
  });
});

test('what somebody changed in the file itself has no name', async () => {
  using sara = await openSession(kedge.socket, { claimedUser: 'sara' });
  const { text, revision } = await sara.call(configGet, {});
  const path = join(kedge.home, 'kedge.jsonc');
  writeFileSync(path, `${readFileSync(path, 'utf8')}\n// by hand\n`);
  await expect(
    sara.call(configSet, { requestId: randomUUID(), text: `${text}\n`, revision }),
  ).rejects.toMatchObject({ failure: { code: 'config-changed' } });
});
