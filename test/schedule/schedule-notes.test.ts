import { describe, expect, it } from 'vitest';
import { betweenFulls } from '../../agent/schedule/between-fulls.ts';
import { faultsOf } from '../../agent/schedule/check-schedule.ts';
import { notesOf } from '../../agent/schedule/schedule-notes.ts';
import { scheduleInWords } from '../../agent/schedule/words.ts';
import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { at } from './zones.ts';

const nightly: ScheduleSettings = {
  full: { every: 'day', at: '02:30' },
  store: 'disk',
  zone: 'Europe/Berlin',
};
const now = at('2026-11-22T12:00Z');
const notes = (more: Partial<ScheduleSettings>, machine = 'Europe/Berlin') =>
  notesOf({ ...nightly, ...more }, machine, now);
const hours = (count: number) => ({ when: { every: 'hours', hours: count } }) as const;

describe('what is worth knowing of a schedule', () => {
  it('is the next day on which the clock moves it', () => {
    expect(notes({})).toEqual([
      'On 2027-03-28: 02:30 does not exist on that day, the clock goes forward: it runs at 03:00.',
    ]);
    expect(notes({ full: { every: 'day', at: '12:00' } })).toEqual([]);
  });

  it('is that the machine is in another zone', () => {
    const kathmandu = { zone: 'Asia/Kathmandu' };
    expect(notes(kathmandu, 'UTC')).toEqual([
      'The zone of this machine is UTC; the times are those of Asia/Kathmandu (5.75 hours ahead now).',
    ]);
    expect(notes({ zone: 'UTC' }, 'America/Santiago')[0]).toContain('(3 hours ahead now)');
  });

  it('is by which calendar months are counted', () => {
    const monthly = { full: { every: 'month', day: 1, at: '12:00' } } as const;
    expect(notes(monthly)).toEqual(['Months are those of the Gregorian calendar.']);
    expect(notes({ ...monthly, zone: 'Asia/Tehran' }, 'Asia/Tehran')).toEqual([
      'Months are those of the Gregorian calendar, not of the Solar Hijri one.',
    ]);
    const cron = { full: { every: 'cron', cron: '0 12 L * *' } } as const;
    expect(notes(cron)).toEqual(['Months are those of the Gregorian calendar.']);
  });

  it('is that differentials never come, and that runs are spread', () => {
    const full = { every: 'cron', cron: '0 */2 * * *' } as const;
    expect(notes({ full, differential: hours(4), jitterMinutes: 20 })).toEqual([
      expect.stringContaining('does not exist'),
      'No differential is ever taken: the fulls come as often.',
      'A run begins up to 20 minutes later than planned, so that not all servers begin at once.',
    ]);
  });
});

describe('differentials between two fulls', () => {
  it.each<[Partial<ScheduleSettings>, number | undefined]>([
    [{ differential: hours(4) }, 5],
    [{ differential: hours(1) }, 23],
    [{ differential: hours(7) }, 2],
    [{ differential: hours(24) }, 0],
    [{ full: { every: 'week', on: 'sunday', at: '02:30' }, differential: hours(24) }, 6],
    [{ full: { every: 'month', day: 1, at: '02:30' }, differential: hours(24) }, undefined],
    [{ differential: { when: { every: 'cron', cron: '0 8-20/4 * * *' } } }, 4],
    [{ differential: hours(4), blackout: [{ from: '08:00', to: '18:00' }] }, 3],
    [
      { differential: hours(4), blackout: [{ from: '08:00', to: '18:00', on: ['monday'] }] },
      undefined,
    ],
    [{}, undefined],
  ])('%j: %s', (more, expected) => {
    expect(betweenFulls({ ...nightly, ...more })).toBe(expected);
  });
});

it('a schedule says its differentials and the hours in which nothing begins', () => {
  expect(
    scheduleInWords({
      ...nightly,
      differential: hours(4),
      blackout: [
        { from: '08:00', to: '18:00', on: ['friday', 'monday', 'tuesday'] },
        { from: '00:00', to: '00:00', on: ['sunday'] },
      ],
    }),
  ).toBe(
    'every day at 02:30 (Europe/Berlin), differentials every 4 hours, not between 08:00 and 18:00 on Monday, Tuesday and Friday, nor all day on Sunday',
  );
  const cron = { when: { every: 'cron', cron: '0 12 * * 1-5' } } as const;
  expect(scheduleInWords({ ...nightly, differential: cron })).toBe(
    'every day at 02:30 (Europe/Berlin), differentials every Monday to Friday at 12:00',
  );
});

it('each rule at fault is named with its place', () => {
  expect(
    faultsOf({
      ...nightly,
      full: { every: 'cron', cron: '0 2 * *' },
      differential: { when: { every: 'cron', cron: '61 * * * *' } },
      blackout: [
        { from: '06:00', to: '18:00' },
        { from: '18:00', to: '06:00' },
      ],
    }).map(({ path, message }) => `${path.join('.')}: ${message}`),
  ).toEqual([
    expect.stringMatching(/^: .*4 fields/),
    expect.stringMatching(/^differential.when: .*minute "61": 61 is not between 0 and 59/),
    expect.stringMatching(
      /^blackout: .*no moment of the week is left .*\(between 06:00 and 18:00, between 18:00 and 06:00\)/,
    ),
  ]);
});
