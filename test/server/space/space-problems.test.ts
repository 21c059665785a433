import { expect, test } from 'vitest';
import { nextFulls, spaceProblems } from '../../../agent/server/space/space-problems.ts';
import type { Schedule } from '../../../protocol/domain/schedule.ts';
import { cannedBackup } from '../../support/canned-snapshot.ts';

function words(fullInDays: number | undefined, names = ['local', 'state']) {
  const place = { names, path: '/backups', freeBytes: 5 * 2 ** 30 };
  const forecast = fullInDays === undefined ? {} : { fullInDays };
  return spaceProblems([{ ...place, ...forecast }], []).map(({ severity, text }) => [
    severity,
    text,
  ]);
}

test('a place that fills up is a warning two weeks before, an error three days before, and no word earlier', () => {
  expect(words(undefined)).toEqual([]);
  expect(words(14)).toEqual([]);
  expect(words(13.9)).toEqual([
    ['warning', 'destination "local" will be full in 13 days: 5.0 GiB free'],
  ]);
  expect(words(1.2, ['state'])).toEqual([
    ['error', 'the disk of Kedge itself will be full in 1 day: 5.0 GiB free'],
  ]);
  expect(words(0.4, ['a', 'b'])).toEqual([
    ['error', 'the disk of destinations "a" and "b" will be full within a day: 5.0 GiB free'],
  ]);
});

test('a store in which the next full has no room is an error, by what the last one took', () => {
  const settings: Schedule['settings'] = {
    full: { every: 'day', at: '02:00' },
    store: 'local',
    zone: 'UTC',
  };
  const backups = [
    cannedBackup({ id: 'a', schedule: 'nightly', sizeBytes: 3 * 2 ** 30 }),
    cannedBackup({ id: 'b', schedule: 'nightly', sizeBytes: 1, capturedAtMs: 0 }),
  ];
  const fulls = nextFulls(backups, [
    { id: 'nightly', settings },
    { id: 'paused', settings: { ...settings, paused: true } },
    { id: 'new', settings },
  ]);
  expect(fulls).toEqual([{ schedule: 'nightly', store: 'local', bytes: 3 * 2 ** 30 }]);
  const place = { names: ['local'], path: '/backups' };
  expect(spaceProblems([{ ...place, freeBytes: 4 * 2 ** 30 }], fulls)).toEqual([]);
  expect(spaceProblems([place], fulls)).toEqual([]);
  expect(spaceProblems([{ ...place, freeBytes: 2 ** 30 }], fulls)).toMatchObject([
    {
      id: 'space-full-nightly',
      severity: 'error',
      text: 'the next full of schedule "nightly" has no room in "local": the last took 3.0 GiB, 1.0 GiB are free',
    },
  ]);
});
