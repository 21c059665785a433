import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latestSlot, nextRun, slotsOf } from '../../agent/schedule/next-run.ts';
import { type Recurrence, weekdays } from '../../protocol/domain/schedule.ts';
import { at, dateOnWall, datesOf, onWall, weekOf, zoneYears } from './zones.ts';

const day = (time: string): Recurrence => ({ every: 'day', at: time });
const cron = (text: string): Recurrence => ({ every: 'cron', cron: text });
const berlin = 'Europe/Berlin';
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

function nextRuns(rule: Recurrence, zone: string, afterMs: number, count: number): number[] {
  const slots = slotsOf(rule, zone);
  const runs: number[] = [];
  for (let at = afterMs; runs.length < count; runs.push(at)) at = slots(at).atMs;
  return runs;
}

const iso = (runs: readonly number[]) => runs.map((run) => new Date(run).toISOString());

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

describe('a cron for every hour', () => {
  it.each(zoneYears)('%s %i: runs every real hour of the year', (zone, year) => {
    const slots = slotsOf(cron('@hourly'), zone);
    // At the full hour of the zone, which in Lord Howe is another one for half of the year.
    let last = slots(Date.UTC(year, 0, 1)).atMs;
    const steps = new Map<number, number>();
    for (let count = 0; count < 365 * 24; count += 1) {
      const { atMs } = slots(last);
      expect(onWall(atMs, zone).slice(14)).toBe('00');
      steps.set((atMs - last) / 60_000, (steps.get((atMs - last) / 60_000) ?? 0) + 1);
      last = atMs;
    }
    // A change by half an hour moves the full hour itself, in both directions away from the last.
    expect([...steps.keys()].toSorted((a, b) => a - b)).toEqual(
      zone === 'Australia/Lord_Howe' ? [60, 90] : [60],
    );
  });

  it('runs every real hour through both changes of the clock', () => {
    for (const from of ['2026-03-28T20:00Z', '2026-10-24T20:00Z']) {
      const runs = nextRuns(cron('0 * * * *'), berlin, at(from), 12);
      expect(runs).toEqual(runs.map((_, i) => at(from) + (i + 1) * 3_600_000));
    }
  });

  it('runs every two real minutes through a change by half an hour', () => {
    for (const from of ['2026-10-03T14:00Z', '2026-04-04T13:00Z']) {
      const runs = nextRuns(cron('*/2 * * * *'), 'Australia/Lord_Howe', at(from), 120);
      expect(runs).toEqual(runs.map((_, i) => at(from) + (i + 1) * 120_000));
    }
  });
});

describe('a cron expression', () => {
  it('takes L as the last day of the month, 5L as its last Friday', () => {
    const days = (text: string) =>
      iso(nextRuns(cron(text), 'UTC', at('2028-01-30T00:00Z'), 4)).map((run) => run.slice(5, 10));
    expect(days('0 0 L * *')).toEqual(['01-31', '02-29', '03-31', '04-30']);
    expect(days('0 0 15,L 2 *')).toEqual(['02-15', '02-29', '02-15', '02-28']);
    expect(days('0 0 * * 5L')).toEqual(['02-25', '03-31', '04-28', '05-26']);
    expect(days('0 0 1 * sunL')).toEqual(
      ['01-30', '02-01', '02-27', '03-01'].slice(1).concat('03-26'),
    );
  });

  it('agrees with cron-parser, where no clock changes and both know the words', () => {
    const list = (min: number, max: number) =>
      fc
        .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 3 })
        .map((values) => values.join(','));
    const some = (min: number, max: number) => fc.oneof(fc.constant('*'), list(min, max));
    const date = fc.oneof(fc.constant('*'), fc.constant('L'), list(1, 28));
    const fields = fc.tuple(list(0, 59), some(0, 23), date, some(1, 12), some(0, 6));
    fc.assert(
      fc.property(fields, (parts) => {
        const text = parts.join(' ');
        const currentDate = new Date(at('2026-01-01T00:00Z'));
        const theirs = CronExpressionParser.parse(text, { tz: 'UTC', currentDate }).take(20);
        expect([text, nextRuns(cron(text), 'UTC', currentDate.getTime(), 20)]).toEqual([
          text,
          theirs.map((run) => run.getTime()),
        ]);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('takes weekday and day as either where both are given, as both where one has a star', () => {
    const from = at('2026-01-01T00:00Z');
    expect(
      iso(nextRuns(cron('0 0 13 * fri'), 'UTC', from, 3)).map((run) => run.slice(0, 10)),
    ).toEqual(['2026-01-02', '2026-01-09', '2026-01-13']);
    expect(
      iso(nextRuns(cron('0 0 */2 * 1'), 'UTC', from, 3)).map((run) => run.slice(0, 10)),
    ).toEqual(['2026-01-05', '2026-01-19', '2026-02-09']);
  });

  it('waits eight years for a leap day where a century has none', () => {
    expect(nextRun(cron('0 0 29 2 *'), 'UTC', at('2096-03-01T00:00Z'))).toBe(
      at('2104-02-29T00:00Z'),
    );
  });

  it('agrees with a look at every minute, away from changes of the clock', () => {
    const value = (min: number, max: number) =>
      fc.oneof(
        { weight: 3, arbitrary: fc.constant('*') },
        fc.integer({ min, max }).map(String),
        fc.integer({ min: 1, max: max - min }).map((step) => `*/${step}`),
        fc
          .uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: 4 })
          .map((list) => list.join(',')),
      );
    const expression = fc.tuple(value(0, 59), value(0, 23), value(1, 28), value(0, 6));
    const start = fc.integer({ min: at('2026-05-01T00:00Z'), max: at('2026-06-01T00:00Z') });
    fc.assert(
      fc.property(
        expression,
        start,
        fc.constantFrom(berlin, 'Asia/Kathmandu'),
        (fields, from, zone) => {
          const [minute, hour, date, weekday] = fields;
          const matches = (text: string, min: number, found: number) =>
            text
              .split(',')
              .some((item) =>
                item.startsWith('*/')
                  ? (found - min) % Number(item.slice(2)) === 0
                  : item === '*' || Number(item) === found,
              );
          const text = `${minute} ${hour} ${date} * ${weekday}`;
          const run = nextRun(cron(text), zone, from);
          const untilMs = Math.min(run, from + 86_400_000);
          for (let m = Math.floor(from / 60_000) * 60_000 + 60_000; m <= untilMs; m += 60_000) {
            const wall = onWall(m, zone);
            const onDate = matches(date, 1, Number(wall.slice(8, 10)));
            const onWeekday = matches(weekday, 0, new Date(wall.slice(0, 10)).getUTCDay());
            const both = date.startsWith('*') || weekday.startsWith('*');
            const due =
              (both ? onDate && onWeekday : onDate || onWeekday) &&
              matches(hour, 0, Number(wall.slice(11, 13))) &&
              matches(minute, 0, Number(wall.slice(14, 16)));
            expect({ text, wall, due }).toEqual({ text, wall, due: m === run });
          }
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });
});

it('corrects what cron-parser itself answers in zones', () => {
  const wrong: string[] = [];
  for (const [zone, year] of zoneYears) {
    for (const hour of ['0', '2']) {
      const options = { tz: zone, currentDate: new Date(Date.UTC(year, 0, 2)) };
      const parser = CronExpressionParser.parse(`0 ${hour} * * *`, options);
      const theirs = new Set(parser.take(360).map((run) => run.getTime()));
      const ours = nextRuns(day(`0${hour}:00`), zone, Date.UTC(year, 0, 2), 360);
      const lacking = ours.filter((run) => !theirs.has(run)).map((run) => onWall(run, zone));
      if (lacking.length > 0) wrong.push(`${zone} ${lacking.length} runs from ${lacking[0]} on`);
    }
  }
  process.stdout.write(`cron-parser by itself lacks: ${wrong.join('; ')}\n`);
  expect(wrong.join()).toContain('Australia/Lord_Howe');
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
