import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latestSlot, nextRun, slotsOf } from '../../agent/schedule/next-run.ts';
import { type Recurrence, weekdays } from '../../protocol/domain/schedule.ts';
import { berlin, cron, day, iso, nextRuns } from '../support/runs-of-year.ts';
import { at, dateOnWall, datesOf, onWall, weekOf, zoneYears } from './zones.ts';

const times = ['00:00', '00:30', '01:30', '02:00', '02:15', '02:30', '12:00', '23:30', '23:59'];

/** All runs on the wall dates of a year. */
function runsOf(recurrence: Recurrence, zone: string, year: number): readonly number[] {
  const runs: number[] = [];
  const slots = slotsOf(recurrence, zone);
  let run = slots(Date.UTC(year - 1, 11, 29)).atMs;
  for (; run < Date.UTC(year + 1, 0, 3); run = slots(run).atMs) {
    if (dateOnWall(run, zone).startsWith(String(year))) runs.push(run);
  }
  return runs;
}

describe('daily, weekly and monthly schedules through a year of each zone', () => {
  const table: Record<string, string | number>[] = [];

  it.each(zoneYears)('%s %i: one run per local day at any time of day', (zone, year) => {
    const dates = datesOf(year, zone);
    for (const time of times) {
      const runs = runsOf(day(time), zone, year);
      expect(runs.map((run) => dateOnWall(run, zone))).toEqual([...dates]);
      expect(
        runsOf(cron(`${Number(time.slice(3))} ${Number(time.slice(0, 2))} * * *`), zone, year),
      ).toEqual(runs);
      const moved = runs.map((run) => onWall(run, zone)).filter((wall) => !wall.endsWith(time));
      table.push({ zone, year, time, days: dates.size, runs: runs.length, moved: moved.join(' ') });
    }
  });

  it.each(zoneYears)('%s %i: one run per local week on any weekday', (zone, year) => {
    for (const on of weekdays) {
      for (const time of ['00:00', '02:15']) {
        const runs = nextRuns({ every: 'week', on, at: time }, zone, Date.UTC(year, 0, 9), 50);
        const weeks = runs.map((run) => weekOf(run, zone));
        expect(weeks).toEqual(weeks.map((_, i) => (weeks[0] ?? 0) + i));
      }
    }
  });

  it.each(zoneYears)(
    '%s %i: one run per local month, the last day where it is short',
    (zone, year) => {
      for (const date of [1, 15, 29, 30, 31]) {
        const runs = runsOf({ every: 'month', day: date, at: '02:15' }, zone, year);
        const months = runs.map((run) => dateOnWall(run, zone).slice(0, 7));
        expect(months).toEqual(
          [...Array(12).keys()].map((m) => `${year}-${String(m + 1).padStart(2, '0')}`),
        );
      }
    },
  );

  it('prints what it saw', () => {
    process.stdout.write(`${table.map((row) => Object.values(row).join('\t')).join('\n')}\n`);
    expect(table).toHaveLength(zoneYears.length * times.length);
  });
});

describe('a time of day at a change of the clock', () => {
  it('runs right after the gap that skips it', () => {
    expect(nextRun(day('02:30'), berlin, at('2026-03-28T12:00Z'))).toBe(
      at('2026-03-29T03:00+02:00'),
    );
    expect(nextRun(day('02:00'), 'Australia/Lord_Howe', at('2026-10-03T03:00Z'))).toBe(
      at('2026-10-04T02:30+11:00'),
    );
    expect(nextRun(day('00:00'), 'Africa/Cairo', at('2026-04-23T12:00Z'))).toBe(
      at('2026-04-24T01:00+03:00'),
    );
  });

  it('runs at the first of two equal times, and not at the second', () => {
    expect(iso(nextRuns(day('02:30'), berlin, at('2026-10-24T12:00Z'), 2))).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
    expect(nextRun(day('02:30'), berlin, at('2026-10-25T02:10+01:00'))).toBe(
      at('2026-10-26T02:30+01:00'),
    );
  });

  it('runs once where two slots fall into one gap, and with the slot at its end', () => {
    expect(iso(nextRuns(cron('0,30 2,3 * * *'), berlin, at('2026-03-28T12:00Z'), 3))).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:00:00.000Z',
    ]);
  });

  it('leaves out the day that Apia left out, but not the week whose Friday it was', () => {
    const zone = 'Pacific/Apia';
    const before = at('2011-12-29T20:00-10:00');
    expect(nextRun(day('02:00'), zone, before)).toBe(at('2011-12-31T02:00+14:00'));
    expect(nextRun({ every: 'week', on: 'friday', at: '02:00' }, zone, before)).toBe(
      at('2011-12-31T00:00+14:00'),
    );
    expect(nextRun({ every: 'month', day: 30, at: '02:00' }, zone, before)).toBe(
      at('2011-12-31T00:00+14:00'),
    );
  });
});

describe('the latest run before a moment', () => {
  it('is found across years of two-minute runs', () => {
    expect(
      latestSlot(
        slotsOf(cron('*/2 * * * *'), berlin),
        at('2016-01-01T00:00Z'),
        at('2026-01-01T00:01Z'),
      )?.atMs,
    ).toBe(at('2026-01-01T00:00Z'));
  });

  it('is the last of all runs in between, or none', () => {
    const some = fc.constantFrom<Recurrence>(
      day('02:30'),
      { every: 'month', day: 31, at: '00:00' },
      cron('*/20 * * * *'),
    );
    const moment = fc.integer({ min: at('2026-03-01T00:00Z'), max: at('2026-04-10T00:00Z') });
    fc.assert(
      fc.property(
        some,
        moment,
        fc.integer({ min: 0, max: 3 * 86_400_000 }),
        (recurrence, from, span) => {
          const runs: number[] = [];
          for (
            let run = nextRun(recurrence, berlin, from);
            run <= from + span;
            run = nextRun(recurrence, berlin, run)
          )
            runs.push(run);
          expect(latestSlot(slotsOf(recurrence, berlin), from, from + span)?.atMs).toBe(
            runs.at(-1),
          );
        },
      ),
      { seed: 2, numRuns: 60 },
    );
  });
});
