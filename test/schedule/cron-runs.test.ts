import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRun, slotsOf } from '../../agent/schedule/next-run.ts';
import { berlin, cron, day, iso, nextRuns } from '../support/runs-of-year.ts';
import { at, onWall, zoneYears } from './zones.ts';

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
