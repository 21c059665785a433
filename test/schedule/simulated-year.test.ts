import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { Due } from '../../agent/schedule/due-runs.ts';
import { startScheduler } from '../../agent/schedule/scheduler.ts';
import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { FakeClock } from './fake-clock.ts';
import { dateOnWall, datesOf, weekOf, zoneYears } from './zones.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const everyMs = 4 * hourMs;

interface Outage {
  readonly fromMs: number;
  readonly toMs: number;
}

interface Slot {
  readonly schedule: string;
  readonly slotMs: number;
  readonly kind: string;
  readonly outcome: 'ran' | 'missed' | 'skipped';
  readonly beganMs: number;
}

/** Numbers from 0 to less than 1, the same for the same seed. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** About 90 in a year: most of minutes or hours, shorter than a day; three of nearly a week. */
function outagesOf(seed: number, fromMs: number, toMs: number): readonly Outage[] {
  const chance = chances(seed);
  const outages: Outage[] = [];
  for (let at = fromMs + dayMs; at < toMs - 8 * dayMs; ) {
    at += chance() * 7 * dayMs;
    const long = outages.length % 30 === 10;
    const lengthMs = long ? 6 * dayMs : chance() ** 3 * 20 * hourMs + minuteMs;
    outages.push({ fromMs: at, toMs: at + lengthMs });
    at += lengthMs + hourMs;
  }
  return outages;
}

function schedulesOf(zone: string): Record<string, ScheduleSettings> {
  const plain = { store: 'disk', zone };
  return {
    daily: {
      ...plain,
      full: { every: 'day', at: '02:15' },
      differential: { when: { every: 'hours', hours: everyMs / hourMs } },
    },
    weekly: { ...plain, full: { every: 'week', on: 'sunday', at: '00:30' } },
    monthly: { ...plain, full: { every: 'month', day: 31, at: '02:15' } },
  };
}

/** A year of the real scheduler on a machine that is down now and then. */
async function live(
  schedules: Record<string, ScheduleSettings>,
  fromMs: number,
  toMs: number,
  outages: readonly Outage[],
): Promise<readonly Slot[]> {
  const clock = new FakeClock(fromMs);
  const positions = new Map<string, number>();
  const slots: Slot[] = [];
  const serve = (schedule: string, { slotMs, run, left }: Due): boolean => {
    positions.set(schedule, slotMs);
    const beganMs = clock.now();
    for (const one of left) slots.push({ ...one, schedule, beganMs });
    if (run !== undefined) slots.push({ ...run, schedule, outcome: 'ran', beganMs });
    return true;
  };
  for (const end of [...outages, { fromMs: toMs, toMs }]) {
    const down = new AbortController();
    const scheduler = startScheduler({
      schedules: () => schedules,
      position: (id) => positions.get(id),
      skip: () => undefined,
      serve,
      installation: 'one',
      clock,
      signal: down.signal,
      onChange: () => undefined,
      chores: { dueMs: () => undefined, work: () => undefined },
    });
    await clock.leap(0);
    while (clock.now() < end.fromMs) {
      const starts = Object.keys(schedules).flatMap((id) => scheduler.next(id)?.startMs ?? []);
      // A second at least, as the last look may have been just before.
      const next = Math.max(Math.min(...starts), clock.now() + 1_000);
      await clock.leap(Math.min(next, end.fromMs) - clock.now());
    }
    down.abort();
    await setImmediate();
    await clock.leap(end.toMs - end.fromMs);
  }
  return slots;
}

const of = (slots: readonly Slot[], schedule: string, kind = 'full'): readonly Slot[] =>
  slots
    .filter((slot) => slot.schedule === schedule && slot.kind === kind)
    .toSorted((a, b) => a.slotMs - b.slotMs);

/** All differentials that should be between these fulls. */
function differentialsBetween(fulls: readonly Slot[]): readonly number[] {
  return fulls.slice(0, -1).flatMap(({ slotMs }, i) => {
    const next = fulls[i + 1]?.slotMs ?? 0;
    return Array.from({ length: 6 }, (_, step) => slotMs + (step + 1) * everyMs).filter(
      (at) => next - at >= everyMs / 2,
    );
  });
}

describe('a year with outages', () => {
  const table: string[] = [];

  it.each(zoneYears)('in %s, %i: every local day, week and month once', async (zone, year) => {
    const fromMs = Date.UTC(year - 1, 11, 30);
    const toMs = Date.UTC(year + 1, 0, 3);
    const outages = outagesOf(year * 100 + zone.length, fromMs, toMs);
    const slots = await live(schedulesOf(zone), fromMs, toMs, outages);
    const inYear = (slot: Slot): boolean => dateOnWall(slot.slotMs, zone).startsWith(`${year}`);

    const fulls = of(slots, 'daily').filter(inYear);
    const dates = [...datesOf(year, zone)];
    expect(fulls.map(({ slotMs }) => dateOnWall(slotMs, zone))).toEqual(dates);
    const weeks = of(slots, 'weekly').map(({ slotMs }) => weekOf(slotMs, zone));
    expect(weeks).toEqual(weeks.map((_, i) => (weeks[0] ?? 0) + i));
    expect(weeks.length).toBeGreaterThanOrEqual(52);
    const months = of(slots, 'monthly').filter(inYear);
    expect(months.map(({ slotMs }) => dateOnWall(slotMs, zone).slice(0, 7))).toEqual(
      [...Array(12).keys()].map((m) => `${year}-${String(m + 1).padStart(2, '0')}`),
    );
    const differentials = of(slots, 'daily', 'differential');
    const between = differentialsBetween(of(slots, 'daily'));
    const span = (at: number) => at > (between[0] ?? 0) - 1 && at <= (between.at(-1) ?? 0);
    expect(differentials.map(({ slotMs }) => slotMs).filter(span)).toEqual(between);

    // What nothing makes up for lay in an outage, and its last full was made up for at the end of it.
    const within = (at: number) => outages.find((one) => one.fromMs <= at && at <= one.toMs);
    const missed = slots.filter(({ outcome }) => outcome === 'missed');
    expect(missed.filter(({ slotMs }) => within(slotMs) === undefined)).toEqual([]);
    for (const full of of(missed, 'daily')) {
      const outage = within(full.slotMs);
      const last = of(slots, 'daily')
        .filter(({ slotMs }) => within(slotMs) === outage)
        .at(-1);
      expect(last).toMatchObject({ outcome: 'ran' });
    }
    // After each outage at most one run of each schedule begins.
    for (const { toMs: backMs } of outages) {
      const begun = slots.filter(({ outcome, beganMs }) => outcome === 'ran' && beganMs === backMs);
      expect(new Set(begun.map(({ schedule }) => schedule)).size).toBe(begun.length);
    }

    const ran = (some: readonly Slot[]) => some.filter(({ outcome }) => outcome === 'ran');
    const late = ran(slots).filter(({ slotMs, beganMs }) => beganMs - slotMs > 2 * minuteMs);
    table.push(
      [
        `${zone} ${year}`.padEnd(26),
        dates.length,
        ran(fulls).length,
        ran(differentials.filter(inYear)).length,
        weeks.length,
        months.length,
        outages.length,
        late.length,
        missed.length,
      ].join('\t'),
    );
    expect(late.length).toBeGreaterThan(10);
  });

  afterAll(() => {
    const head =
      'zone\tdays\tfulls\tdiffs\tweeks\tmonths\toutages\tcaught up\tmade up for by another';
    process.stdout.write(`${head.padStart(head.length + 22)}\n${table.join('\n')}\n`);
  });
});
