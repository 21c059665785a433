import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comingRuns } from '../../agent/schedule/run-notes.ts';
import { type Occurrence, timetableOf } from '../../agent/schedule/timetable.ts';
import { type Blackout, type ScheduleSettings, weekdays } from '../../protocol/domain/schedule.ts';
import { at, onWall, zoneYears } from './zones.ts';

const berlin = 'Europe/Berlin';
const nightly: ScheduleSettings = {
  full: { every: 'day', at: '02:00' },
  store: 'disk',
  zone: berlin,
};

function runsFrom(settings: ScheduleSettings, from: string, count: number): readonly string[] {
  return comingRuns(settings, at(from), count).map(
    ({ atMs, kind, note }) =>
      `${onWall(atMs, settings.zone)} ${kind}${note === undefined ? '' : `: ${note}`}`,
  );
}

const every = (hours: number): ScheduleSettings['differential'] => ({
  when: { every: 'hours', hours },
});

describe('differentials', () => {
  it('come every so many real hours after the full, five between two of a day', () => {
    const settings = { ...nightly, differential: every(4) };
    expect(runsFrom(settings, '2026-10-24T23:00Z', 8)).toEqual([
      '2026-10-25 02:00 full: 02:00 comes twice on that day, the clock goes back: it runs the first time',
      ...['05:00', '09:00', '13:00', '17:00', '21:00'].map(
        (time) =>
          `2026-10-25 ${time} differential: the clock changes after its full: real hours are counted`,
      ),
      '2026-10-26 02:00 full',
      '2026-10-26 06:00 differential',
    ]);
  });

  it('give way to a full that they would fall on or come shortly before', () => {
    expect(runsFrom({ ...nightly, differential: every(7) }, '2026-11-20T02:00Z', 3)).toEqual([
      '2026-11-20 09:00 differential',
      '2026-11-20 16:00 differential',
      '2026-11-21 02:00 full',
    ]);
    const cron = { when: { every: 'cron', cron: '50 1,5,23 * * *' } } as const;
    expect(runsFrom({ ...nightly, differential: cron }, '2026-11-20T02:00Z', 3)).toEqual([
      '2026-11-20 05:50 differential',
      '2026-11-20 23:50 differential',
      '2026-11-21 02:00 full',
    ]);
    expect(runsFrom({ ...nightly, differential: every(24) }, '2026-11-20T02:00Z', 2)).toEqual([
      '2026-11-21 02:00 full',
      '2026-11-22 02:00 full',
    ]);
  });

  it('are counted from the full of the month, however long ago', () => {
    const settings = {
      ...nightly,
      full: { every: 'month', day: 1, at: '02:00' },
      differential: every(100),
    } as const;
    expect(runsFrom(settings, '2026-11-20T02:00Z', 3)).toEqual([
      '2026-11-21 22:00 differential',
      '2026-11-26 02:00 differential',
      '2026-12-01 02:00 full',
    ]);
  });
});

describe('hours in which nothing begins', () => {
  it('hold a run up until they end, over midnight and where two touch', () => {
    const blackout = [
      { from: '22:00', to: '01:00' },
      { from: '01:00', to: '05:30' },
    ];
    expect(runsFrom({ ...nightly, blackout }, '2026-11-20T12:00Z', 1)).toEqual([
      '2026-11-21 05:30 full: at 02:00 nothing may begin: it runs at 05:30',
    ]);
    const evening = { ...nightly, full: { every: 'day', at: '23:00' }, blackout } as const;
    expect(runsFrom(evening, '2026-11-20T12:00Z', 2)).toEqual([
      '2026-11-21 05:30 full: on 2026-11-20 at 23:00 nothing may begin: it runs at 05:30',
      '2026-11-22 05:30 full: on 2026-11-21 at 23:00 nothing may begin: it runs at 05:30',
    ]);
  });

  it('are of their weekdays only, and make one run of those that they hold up', () => {
    const settings: ScheduleSettings = {
      ...nightly,
      full: { every: 'cron', cron: '0 */6 * * *' },
      blackout: [{ from: '00:00', to: '00:00', on: ['saturday', 'sunday'] }],
    };
    expect(runsFrom(settings, '2026-11-20T12:00Z', 3)).toEqual([
      '2026-11-20 18:00 full',
      '2026-11-23 00:00 full: on 2026-11-21 at 00:00 nothing may begin (all day on Saturday and Sunday): it runs at 00:00',
      '2026-11-23 06:00 full',
    ]);
  });

  it('end when the clock no longer shows them, also where it is set', () => {
    const through = (to: string) => ({ ...nightly, blackout: [{ from: '01:30', to }] });
    // 02:30 is shown twice, and does not exist in spring.
    expect(timetableOf(through('02:30')).next(at('2026-10-24T12:00Z')).atMs).toBe(
      at('2026-10-25T02:30+01:00'),
    );
    expect(timetableOf(through('02:30')).next(at('2026-03-28T12:00Z')).atMs).toBe(
      at('2026-03-29T03:00+02:00'),
    );
  });
});

describe('any schedule', () => {
  const time = fc
    .integer({ min: 0, max: 95 })
    .map((q) => new Date(q * 900_000).toISOString().slice(11, 16));
  const blackout: fc.Arbitrary<Blackout> = fc
    .tuple(time, time, fc.option(fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 })))
    .filter(([from, to]) => from !== to)
    .map(([from, to, on]) => ({ from, to, ...(on === null ? {} : { on }) }));
  const settings: fc.Arbitrary<ScheduleSettings> = fc.record({
    full: fc.oneof(
      time.map((t) => ({ every: 'day' as const, at: t })),
      time.map((t) => ({ every: 'week' as const, on: 'sunday' as const, at: t })),
      fc.constant({ every: 'cron' as const, cron: '30 */3 * * *' }),
    ),
    differential: fc.oneof(
      fc.integer({ min: 1, max: 60 }).map(every),
      fc.constant({ when: { every: 'cron' as const, cron: '*/45 * * * *' } }),
    ),
    // One alone always leaves some of the day.
    blackout: fc.array(blackout, { maxLength: 1 }),
    zone: fc.constantFrom(...zoneYears.map(([zone]) => zone)),
    store: fc.constant('disk'),
  });
  const moment = fc.integer({ min: at('2026-03-01T00:00Z'), max: at('2026-11-20T00:00Z') });

  const isBlack = ({ blackout: all = [], zone }: ScheduleSettings, atMs: number): boolean => {
    const wall = onWall(atMs, zone);
    const day = new Date(wall.slice(0, 10)).getUTCDay();
    const clock = wall.slice(11);
    const isOn = ({ on }: Blackout, which: number) =>
      on === undefined || on.includes(weekdays[(which + 7) % 7] ?? 'sunday');
    return all.some((one) =>
      one.from < one.to
        ? isOn(one, day) && one.from <= clock && clock < one.to
        : (isOn(one, day) && one.from <= clock) || (isOn(one, day - 1) && clock < one.to),
    );
  };

  it('begins nothing in a blackout, and tells the same from wherever it is asked', () => {
    fc.assert(
      fc.property(settings, moment, fc.nat(40), (some, from, steps) => {
        const timetable = timetableOf(some);
        const runs: Occurrence[] = [];
        for (let now = from; runs.length < 25; now = runs.at(-1)?.atMs ?? now)
          runs.push(timetable.next(now));
        const [first] = runs;
        for (const run of runs) {
          expect([run.atMs > from, isBlack(some, run.atMs)]).toEqual([true, false]);
          // Fresh, without what the first has looked up.
          expect(timetableOf(some).next(run.atMs - 1).atMs).toBe(run.atMs);
        }
        const untilMs = runs[Math.min(steps, 24)]?.atMs ?? 0;
        const passed = timetableOf(some).passed(from, untilMs, 1_000);
        expect(passed.map(({ atMs }) => atMs)).toEqual(
          runs.slice(0, Math.min(steps, 24) + 1).map(({ atMs }) => atMs),
        );
        const full = passed.filter(({ kind }) => kind === 'full').at(-1);
        if (full !== undefined) expect(timetableOf(some).latestFull(untilMs)?.atMs).toBe(full.atMs);
        expect(first?.atMs).toBeGreaterThan(from);
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});
