import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPlaces } from '../../../agent/os/places.ts';
import { writeUndo } from '../../../agent/restore/undo-records.ts';
import { type Daemon, openDaemon } from '../../../agent/server/daemon.ts';
import { handlers } from '../../../agent/server/handlers/handlers.ts';
import { sampleSpace } from '../../../agent/server/space/watch-space.ts';
import { failureOf } from '../../../protocol/failures.ts';
import { calendarRead } from '../../../protocol/methods/calendar.ts';
import { spaceClear, spaceRead } from '../../../protocol/methods/space.ts';
import { makeSmallApplication } from '../../support/small-application.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { timeOfDayIn } from '../../support/time-of-day.ts';
import { until } from '../../support/until.ts';

const dayMs = 24 * 3_600_000;

async function ask(daemon: Daemon, method: string, params: unknown): Promise<unknown> {
  const handler = handlers.get(method);
  if (handler === undefined) throw new Error(method);
  return await handler.run(daemon, params, AbortSignal.timeout(30_000), {
    socket: 'test',
    role: 'admin',
  });
}

async function places(daemon: Daemon) {
  return spaceRead.result.parse(await ask(daemon, 'space.read', {})).places;
}

async function entries(daemon: Daemon, fromMs: number, untilMs: number) {
  const answer = await ask(daemon, 'calendar.read', { fromMs, untilMs });
  return calendarRead.result.parse(answer).entries;
}

test('a disk says what lies on it, what may go and when it is full; a month says what ran and what will', async () => {
  using folder = tempFolder();
  const schedules = {
    nightly: {
      full: { every: 'day', at: timeOfDayIn(3) },
      differential: { when: { every: 'hours', hours: 6 } },
      store: 'local',
      zone: 'UTC',
    },
  };
  const drive = join(folder.path, 'usb');
  const stores = {
    local: { kind: 'local', path: join(folder.path, 'backups') },
    usb: { kind: 'local', path: drive, removable: true },
  };
  const { home, store } = await makeSmallApplication(folder.path, { schedules, stores });
  await using daemon = await openDaemon({
    places: findPlaces({ KEDGE_HOME: home }),
    output: () => undefined,
    requestStop: () => undefined,
    signal: AbortSignal.timeout(60_000),
  });
  const nowMs = daemon.now();
  const { id: job } = daemon.jobs.submit({
    kind: 'backup',
    title: 'full backup to local',
    command: 'kedge backup create',
    origin: 'manual',
    order: {
      kind: 'backup',
      backupId: randomUUID(),
      origin: 'manual',
      destination: { kind: 'store', store: 'local' },
    },
  });
  await until(() => daemon.backups.all().some(({ proof }) => proof.kind === 'verified'), 60_000);
  await until(() => daemon.state.jobs.unfinished().length === 0, 60_000);
  const [backup] = daemon.backups.all();
  const upload = join(store, `.kedge-upload-${daemon.state.installation.slice(0, 8)}-half.partial`);
  writeFileSync(upload, 'half of it');

  await writeUndo(daemon.places.state, {
    ...{ id: 'undo-1', job: 9, createdAtMs: nowMs, expiresAtMs: nowMs + dayMs, bytes: 500 },
    ...{ title: 'restore shop', state: 'ready', sources: [], places: [store] },
  });
  const [place, away, ...others] = await places(daemon);
  expect(others).toEqual([]);
  expect(away).toEqual({
    ...{ stores: ['usb'], path: drive, state: 'away', offers: [] },
    ...{ backupBytes: 0, trashBytes: 0, undoBytes: 0 },
  });
  expect(place).toMatchObject({
    stores: ['local', 'state'],
    path: store,
    state: 'online',
    backupBytes: backup?.sizeBytes,
    undoBytes: 500,
    offers: [
      { kind: 'uploads', bytes: 10, count: 1, command: 'space.clear' },
      { kind: 'undo', bytes: 500, command: 'undo.remove', args: { undo: 'undo-1' } },
    ],
  });
  expect(place).not.toHaveProperty('fullInDays');

  const clear = (what: string, confirmation: string, asked = 'local') =>
    ask(daemon, 'space.clear', { requestId: randomUUID(), what, store: asked, confirmation });
  const codeOf = (error: unknown): string => failureOf(error).code;
  expect(await clear('uploads', '2').catch(codeOf)).toBe('confirmation-wrong');
  expect(await clear('uploads', '0', 'nowhere').catch(codeOf)).toBe('destination-unknown');
  expect(existsSync(upload)).toBe(true);
  const cleared = spaceClear.result.parse(await clear('uploads', '1'));
  expect(cleared).toEqual({ removed: [upload], bytes: 10 });
  expect(existsSync(upload)).toBe(false);
  expect(await clear('differentials', '0')).toEqual({ removed: [], bytes: 0 });

  // It filled by the same each day, so that ten days are left.
  await sampleSpace(daemon);
  expect([...daemon.overview.standing.keys()]).toEqual([]);
  const free = daemon.state.space.of(store)[0]?.freeBytes ?? 0;
  for (let day = 8; day > 0; day--) {
    daemon.state.space.add(store, nowMs - day * dayMs, Math.round(free * (1 + day / 10)));
  }
  await sampleSpace(daemon);
  expect((await places(daemon))[0]?.fullInDays).toBeCloseTo(10, 0);
  expect(daemon.overview.standing.get(`space-${store}`)).toMatchObject({
    severity: 'warning',
    text: expect.stringMatching(/^destination "local" will be full in (9|10) days: /),
  });

  const month = await entries(daemon, nowMs - 10 * dayMs, nowMs + 20 * dayMs);
  expect(month[0]).toMatchObject({ what: 'manual', kind: 'full', outcome: 'complete', job });
  expect(month.map(({ atMs }) => atMs)).toEqual(
    month.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
  );
  const count = (what: string, kind?: string): number =>
    month.filter((one) => one.what === what && one.kind === kind && one.outcome === 'will run')
      .length;
  expect(count('run', 'full')).toBe(20);
  // Three between two fulls.
  expect(Math.abs(count('run', 'differential') - 60)).toBeLessThanOrEqual(3);
  expect([count('drill'), count('verify')]).toEqual([3, 0]);
  expect(
    (await entries(daemon, nowMs, nowMs + 40 * dayMs)).filter(({ what }) => what === 'verify'),
  ).toMatchObject([{ outcome: 'will run', backup: backup?.id }]);
  daemon.schedules.skip('nightly', true);
  const [skipped, next] = (await entries(daemon, nowMs, nowMs + 2 * dayMs)).filter(
    ({ what }) => what === 'run',
  );
  expect([skipped?.outcome, next?.outcome]).toEqual(['will be skipped', 'will run']);
  expect(await entries(daemon, nowMs, nowMs + 63 * dayMs).catch(codeOf)).toBe('bad-argument');
}, 120_000);
