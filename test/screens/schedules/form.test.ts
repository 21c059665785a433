import { describe, expect, test } from 'vitest';
import { betweenFulls } from '../../../agent/schedule/between-fulls.ts';
import type { ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { countBetween, hoursForCount } from '../../../tui/screens/schedules/between-fulls.ts';
import { differencesOf } from '../../../tui/screens/schedules/form-change.ts';
import { faultyField } from '../../../tui/screens/schedules/form-faults.ts';
import { readSettings } from '../../../tui/screens/schedules/read-settings.ts';
import { formOf, type ScheduleForm } from '../../../tui/screens/schedules/schedule-form.ts';
import { setArguments } from '../../../tui/screens/schedules/set-arguments.ts';
import { zonesLike } from '../../../tui/screens/schedules/zones.ts';

const plain: ScheduleSettings = {
  full: { every: 'day', at: '02:00' },
  store: 'local',
  zone: 'UTC',
  ifMissed: 'run',
};
const complete: ScheduleSettings = {
  full: { every: 'month', day: 31, at: '23:30' },
  differential: { when: { every: 'hours', hours: 6 }, store: 'nas' },
  store: 'local',
  copyTo: 'usb',
  zone: 'Asia/Tehran',
  blackout: [
    { from: '22:00', to: '06:00' },
    { from: '08:00', to: '18:00', on: ['monday', 'tuesday', 'wednesday'] },
  ],
  deleteOlderThan: '30 days',
  keep: { last: 3, monthly: 12 },
  ifMissed: { skipIfOlderThan: '6 hours' },
  jitterMinutes: 10,
  deadlineHours: 2.5,
  retries: 0,
  paused: true,
};
const form = (changes: Partial<ScheduleForm> = {}): ScheduleForm => ({
  ...formOf('nightly', plain),
  ...changes,
});

describe('the form of a schedule', () => {
  test.each([
    ['with little in it', plain],
    ['with everything in it', complete],
    [
      'by cron',
      {
        ...plain,
        full: { every: 'cron', cron: '0 2 * * 0' },
        differential: { when: { every: 'cron', cron: '0 8 * * 1-5' } },
      } satisfies ScheduleSettings,
    ],
    ['weekly', { ...plain, full: { every: 'week', on: 'friday', at: '02:30' } } as const],
  ])('%s means what it was made of', (_name, settings) => {
    expect(readSettings(formOf('nightly', settings), settings)).toEqual({
      kind: 'valid',
      settings,
    });
  });

  test('is saved by the command line that does the same, which says only what there is', () => {
    expect(setArguments('nightly', complete)).toMatchObject({
      schedule: 'nightly',
      full: 'monthly 31 23:30',
      differential: 'every 6 hours',
      'differential-to': 'nas',
      'copy-to': 'usb',
      keep: 'last 3, monthly 12',
      'if-missed': '6 hours',
    });
    expect(setArguments('nightly', plain)).toEqual({
      schedule: 'nightly',
      full: 'daily 02:00',
      zone: 'UTC',
      store: 'local',
      'delete-older-than': 'never',
      'if-missed': 'run',
    });
    expect(setArguments('nightly', plain, complete)).toMatchObject({
      differential: 'none',
      'copy-to': 'none',
      'not-between': 'none',
      keep: 'none',
    });
  });

  test('takes what people type', () => {
    const typed = form({ at: '2:30', deleteOlderThan: ' 30  Days ', zone: ' UTC ' });
    expect(readSettings(typed)).toMatchObject({
      settings: { full: { at: '02:30' }, deleteOlderThan: '30 days', zone: 'UTC' },
    });
  });

  test.each([
    [{ at: '25:00' }, 'at', '"25:00" is no time of day, such as 02:00'],
    [{ every: 'month', day: '32' }, 'day', '"32" is no day of a month'],
    [{ every: 'month', day: '' }, 'day', 'no day of a month'],
    [{ deleteOlderThan: 'a while' }, 'deleteOlderThan', 'no age, such as 30 days'],
    [{ differential: 'hours', hours: '0' }, 'hours', 'from 1 to 336, such as 4'],
    [{ differential: 'hours', hours: '1.5' }, 'hours', 'from 1 to 336'],
    [{ zone: 'Berlin' }, 'zone', '"Berlin" is no time zone, such as Europe/Berlin'],
    [{ blackout: 'at night' }, 'blackout', 'Example: "22:00-06:00'],
    [{ keep: 'seven' }, 'keep', 'Example: "last 3, daily 7'],
    [{ ifMissed: 'skipIfOlderThan', missedAge: '' }, 'missedAge', 'no age'],
    [{ jitterMinutes: '200' }, 'jitterMinutes', 'no number from 1 to 120'],
    [{ retries: '2.5' }, 'retries', 'no number from 0 to 10'],
  ] as const)('says of %o at %s what is wrong', (changes, field, words) => {
    const read = readSettings(form(changes));
    expect(read.kind === 'faulty' ? Object.keys(read.faults) : []).toEqual([field]);
    expect(read.kind === 'faulty' ? read.faults[field] : '').toContain(words);
  });

  test('finds the field of what Kedge itself refuses', () => {
    const field = (what: string, changes: Partial<ScheduleForm> = {}) =>
      faultyField({ code: 'bad-argument', params: { what } }, form(changes));
    expect(field('time zone "X"')).toBe('zone');
    expect(field('cron "* * *"', { every: 'cron', cron: '* * *' })).toBe('cron');
    expect(
      field('cron "1 *"', { every: 'cron', differential: 'cron', differentialCron: '1 *' }),
    ).toBe('differentialCron');
    expect(field('destination "nas"')).toBe('store');
  });

  test('tells where it differs from what stands in the file now', () => {
    const mine = form({ at: '03:30' });
    const theirs = { ...plain, full: { every: 'day', at: '04:00' }, keep: { last: 2 } } as const;
    expect(differencesOf(mine, 'nightly', theirs)).toEqual([
      { field: 'at', mine: '03:30', theirs: '04:00' },
      { field: 'keep', mine: '', theirs: 'last 2' },
    ]);
    expect(differencesOf(form(), 'nightly', plain)).toEqual([]);
  });
});

describe('hours and the number between two fulls', () => {
  test('say the same either way', () => {
    for (const period of [24, 168]) {
      for (let hours = 1; hours < period; hours++) {
        const count = countBetween(hours, period);
        const back = hoursForCount(count, period);
        expect([period, hours, countBetween(back, period)]).toEqual([period, hours, count]);
      }
    }
    expect(countBetween(4, 24)).toBe(5);
    expect(hoursForCount(5, 24)).toBe(4);
  });

  test('are the number that Kedge counts', () => {
    const differential = (hours: number) => ({ when: { every: 'hours' as const, hours } });
    for (const hours of [1, 4, 5, 7, 9, 11, 15, 16, 17, 23]) {
      const counted = betweenFulls({ ...plain, differential: differential(hours) });
      expect([hours, countBetween(hours, 24)]).toEqual([hours, counted]);
    }
  });

  test('where a number does not fit the hours that come nearest are taken', () => {
    expect(hoursForCount(10, 24)).toBe(2);
    expect(countBetween(2, 24)).toBe(11);
    expect(hoursForCount(500, 24)).toBe(1);
  });
});

describe('zones', () => {
  test('are found by the beginning of a city, and by any part', () => {
    expect(zonesLike('berl')).toEqual(['Europe/Berlin']);
    expect(zonesLike('europe')[0]).toMatch(/^Europe\//);
    expect(zonesLike('new york')[0]).toBe('America/New_York');
  });

  test('are not offered where the text is one already, or none', () => {
    expect(zonesLike('Europe/Berlin')).toEqual([]);
    expect(zonesLike('')).toEqual([]);
    expect(zonesLike('xyzzy')).toEqual([]);
  });
});
