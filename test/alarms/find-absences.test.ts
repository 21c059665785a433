import { expect, test } from 'vitest';
import { type AbsenceInput, findAbsences } from '../../agent/alarms/find-absences.ts';
import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { cannedBackup } from '../support/canned-snapshot.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** A Saturday, 02:00 UTC. */
const saturday = Date.UTC(2026, 10, 21, 2);

const daily: ScheduleSettings = {
  full: { every: 'day', at: '02:00' },
  store: 'local',
  zone: 'UTC',
};

const weekly: ScheduleSettings = { ...daily, full: { every: 'week', on: 'saturday', at: '02:00' } };

const of = (changes: Parameters<typeof cannedBackup>[0] = {}) =>
  cannedBackup({ schedule: 'nightly', capturedAtMs: saturday, ...changes });

function absencesAt(
  nowMs: number,
  settings: ScheduleSettings = daily,
  changes: Partial<AbsenceInput> = {},
): readonly string[] {
  return findAbsences({
    nowMs,
    schedules: [{ id: 'nightly', settings, words: '' }],
    backups: [of()],
    since: () => 0,
    runningSince: () => undefined,
    ...changes,
  })
    .filter(({ inHand }) => inHand !== true)
    .map(({ id }) => id);
}

const missing = ['absence-nightly'];

test.each([
  ['every day', daily, 36 * hour],
  ['every week', weekly, 10.5 * day],
  [
    'differentials every four hours between',
    { ...daily, differential: { when: { every: 'hours', hours: 4 } } },
    6 * hour,
  ],
  ['every other minute', { ...daily, full: { every: 'cron', cron: '*/2 * * * *' } }, 17 * 60_000],
  // Taken on a Saturday, next on Monday: half of the time from Monday to Tuesday.
  ['on working days', { ...daily, full: { every: 'cron', cron: '0 2 * * 1-5' } }, 2.5 * day],
  [
    'with a blackout of two hours',
    { ...daily, blackout: [{ from: '23:00', to: '01:00' }] },
    38 * hour,
  ],
] satisfies readonly (readonly [string, ScheduleSettings, number])[])(
  '%s: a backup is missing after one and a half periods',
  (_, settings, allowedMs) => {
    expect(absencesAt(saturday + allowedMs - 1, settings)).toEqual([]);
    expect(absencesAt(saturday + allowedMs, settings)).toEqual(missing);
  },
);

test('a day of 25 hours delays it by half of its hour', () => {
  const zone = 'Europe/Berlin';
  const before = Date.UTC(2026, 9, 24, 0);
  const backups = [of({ capturedAtMs: before })];
  const at = (hours: number) => absencesAt(before + hours * hour, { ...daily, zone }, { backups });
  expect([at(36.4), at(36.5)]).toEqual([[], missing]);
});

test.each([
  ['one that was damaged', of({ proof: { kind: 'damaged', atMs: 0, problem: '' } })],
  ['one whose file is gone', of({ presence: 'missing' })],
  ['one of another schedule', of({ schedule: 'weekly' })],
  ['one by hand', cannedBackup({ capturedAtMs: saturday })],
  [
    'one without its database',
    of({ gaps: [{ kind: 'source', source: 'database', path: '', reason: '' }] }),
  ],
])('%s does not count', (_, other) => {
  expect(absencesAt(saturday + day, daily, { backups: [other] })).toEqual(missing);
});

test('one that waits to be verified counts, and one on a drive that is away', () => {
  const backups = [of({ proof: { kind: 'sealed' }, integrity: 'pending', presence: 'offline' })];
  expect(absencesAt(saturday + day, daily, { backups })).toEqual([]);
});

test('a schedule that was just made is given its time', () => {
  const none = { backups: [], since: () => saturday };
  expect(absencesAt(saturday + 36 * hour - 1, daily, none)).toEqual([]);
  expect(absencesAt(saturday + 36 * hour, daily, none)).toEqual(missing);
});

test('a run that catches up is given its time before it is an alarm, but not for ever', () => {
  const running = { runningSince: () => saturday + 7 * day };
  expect(absencesAt(saturday + 7 * day + hour, daily, running)).toEqual([]);
  expect(absencesAt(saturday + 7 * day + 13 * hour, daily, running)).toEqual(missing);
});

test('a pause that is longer than the period is told, and misses no backups', () => {
  const paused = { since: () => saturday, backups: [] };
  expect(absencesAt(saturday + day - 1, { ...daily, paused: true }, paused)).toEqual([]);
  expect(absencesAt(saturday + day, { ...daily, paused: true }, paused)).toEqual([
    'paused-nightly',
  ]);
  expect(absencesAt(saturday + day, { ...weekly, paused: true }, paused)).toEqual([]);
});
