import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../agent/schedule/clock.ts';
import { dueRuns } from '../../agent/schedule/due-runs.ts';
import { createPace } from '../../agent/schedule/pace.ts';
import { newPlan } from '../../agent/schedule/plan.ts';
import { startScheduler } from '../../agent/schedule/scheduler.ts';
import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { FakeClock } from './fake-clock.ts';
import { at } from './zones.ts';

const nightly: ScheduleSettings = {
  full: { every: 'day', at: '02:00' },
  differential: { when: { every: 'hours', hours: 4 } },
  store: 'disk',
  zone: 'UTC',
};

/** What a Kedge that served all up to a moment does at a later one. */
function due(settings: ScheduleSettings, served: string, now: string, skip?: string) {
  const plan = newPlan(settings, 'one nightly', at(served));
  const found = dueRuns(plan, at(now), skip === undefined ? undefined : at(skip));
  if (found === undefined) return 'nothing';
  const short = (ms: number): string => new Date(ms).toISOString().slice(5, 16);
  const { run, left } = found;
  return {
    upTo: short(found.slotMs),
    run: run === undefined ? 'none' : `${run.kind} of ${short(run.slotMs)}`,
    ...(run?.note === undefined ? {} : { note: run.note }),
    left: left.map(({ slotMs, kind, outcome }) => `${kind} of ${short(slotMs)} ${outcome}`),
  };
}

describe('after an outage', () => {
  it('nothing is due before its time', () => {
    expect(due(nightly, '2026-11-21T02:00Z', '2026-11-21T05:59Z')).toBe('nothing');
  });

  it('one full makes up for all that was missed', () => {
    expect(due(nightly, '2026-11-21T22:00Z', '2026-11-22T10:05Z')).toEqual({
      upTo: '11-22T10:00',
      run: 'full of 11-22T02:00',
      note: 'begun 8 hours late, as Kedge did not run at its time',
      left: ['differential of 11-22T06:00 missed', 'differential of 11-22T10:00 missed'],
    });
  });

  it('one differential does where no full was missed', () => {
    expect(due(nightly, '2026-11-22T02:00Z', '2026-11-22T15:00Z')).toMatchObject({
      run: 'differential of 11-22T14:00',
      left: ['differential of 11-22T06:00 missed', 'differential of 11-22T10:00 missed'],
    });
  });

  it('a week is one full, and its newest slots are written down', () => {
    const found = due(nightly, '2026-11-01T02:00Z', '2026-11-22T01:00Z');
    expect(found).toMatchObject({ upTo: '11-21T22:00', run: 'full of 11-21T02:00' });
    expect(found === 'nothing' ? 0 : found.left.length).toBe(49);
  });

  it('none is taken where missed runs are skipped, but for the one that is on time', () => {
    const skipping = { ...nightly, ifMissed: 'skip' } as const;
    expect(due(skipping, '2026-11-21T22:00Z', '2026-11-22T06:01Z')).toEqual({
      upTo: '11-22T06:00',
      run: 'differential of 11-22T06:00',
      left: ['full of 11-22T02:00 missed'],
    });
    expect(due(skipping, '2026-11-21T22:00Z', '2026-11-22T05:00Z')).toEqual({
      upTo: '11-22T02:00',
      run: 'none',
      left: ['full of 11-22T02:00 missed'],
    });
  });

  it('one that is older than it may be is skipped, a younger one is run', () => {
    const settings = { ...nightly, ifMissed: { skipIfOlderThan: '6 hours' } } as const;
    expect(due(settings, '2026-11-21T22:00Z', '2026-11-22T07:59Z')).toMatchObject({
      run: 'full of 11-22T02:00',
    });
    expect(due(settings, '2026-11-21T22:00Z', '2026-11-22T09:00Z')).toEqual({
      upTo: '11-22T06:00',
      run: 'differential of 11-22T06:00',
      note: 'begun 3 hours late, as Kedge did not run at its time',
      left: ['full of 11-22T02:00 missed'],
    });
  });
});

describe('a run that is to be left out', () => {
  it('is skipped, on time or late, and only that one', () => {
    expect(due(nightly, '2026-11-21T22:00Z', '2026-11-22T02:00Z', '2026-11-22T02:00Z')).toEqual({
      upTo: '11-22T02:00',
      run: 'none',
      left: ['full of 11-22T02:00 skipped'],
    });
    expect(
      due(nightly, '2026-11-21T22:00Z', '2026-11-22T07:00Z', '2026-11-22T02:00Z'),
    ).toMatchObject({
      run: 'differential of 11-22T06:00',
      left: ['full of 11-22T02:00 skipped'],
    });
  });
});

describe('a run that begins by chance somewhat later', () => {
  const spread = { ...nightly, jitterMinutes: 60 };
  const startOf = (installation: string, settings: ScheduleSettings = spread): number =>
    newPlan(settings, `${installation} nightly`, at('2026-11-21T22:00Z')).startMs;

  it('begins at the same time after a restart, and elsewhere at another', () => {
    const starts = ['one', 'two', 'three', 'four', 'five'].map((name) => startOf(name));
    expect(startOf('one')).toBe(starts[0]);
    expect(new Set(starts).size).toBe(5);
    for (const start of starts) {
      expect(start).toBeGreaterThanOrEqual(at('2026-11-22T02:00Z'));
      expect(start).toBeLessThan(at('2026-11-22T03:00Z'));
    }
  });

  it('is not due before, and is on time then', () => {
    const plan = newPlan({ ...spread, ifMissed: 'skip' }, 'one nightly', at('2026-11-21T22:00Z'));
    expect(dueRuns(plan, plan.startMs - 1, undefined)).toBeUndefined();
    expect(dueRuns(plan, plan.startMs, undefined)?.run).toMatchObject({ kind: 'full' });
  });

  it('begins at its time where chance would bring it into a blackout', () => {
    const before = { ...spread, blackout: [{ from: '02:01', to: '05:00' }] };
    expect(startOf('one', before)).toBe(at('2026-11-22T02:00Z'));
  });
});

/** Its wall clock goes `pace` times as fast as its timers. */
class FastClock implements Clock {
  steadyMs = 0;
  readonly #startMs: number;
  readonly #pace: number;
  constructor(startMs: number, pace: number) {
    this.#startMs = startMs;
    this.#pace = pace;
  }
  now(): number {
    return this.#startMs + this.steadyMs * this.#pace;
  }
  steady(): number {
    return this.steadyMs;
  }
  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    await setImmediate();
    if (!signal.aborted) this.steadyMs += ms;
  }
}

describe('a wall clock that runs fast', () => {
  it.each([60, 600])('%i times: each run begins within two minutes of it', async (pace) => {
    const clock = new FastClock(at('2026-11-21T12:03:17Z'), pace);
    const stop = new AbortController();
    const begun: string[] = [];
    startScheduler({
      schedules: () => ({ hourly: { ...nightly, full: { every: 'cron', cron: '30 * * * *' } } }),
      position: () => undefined,
      skip: () => undefined,
      serve: (_, { run }) => {
        if (run === undefined) return true;
        begun.push(`${new Date(run.slotMs).toISOString().slice(11, 16)} ${run.note ?? 'on time'}`);
        if (begun.length === 5) stop.abort();
        return true;
      },
      installation: 'one',
      clock,
      signal: stop.signal,
      onChange: () => undefined,
      chores: { dueMs: () => undefined, work: () => undefined },
    });
    await expect.poll(() => begun.length).toBe(5);
    expect(begun).toEqual(['12', '13', '14', '15', '16'].map((hour) => `${hour}:30 on time`));
  });

  it('is looked at every half minute again when it has come to its senses', async () => {
    const clock = new FakeClock(0);
    const pace = createPace(clock);
    const sleeps: number[] = [];
    const look = async (wallMs: number, steadyMs: number) => {
      await clock.leap(steadyMs);
      clock.set(clock.now() + wallMs - steadyMs);
      sleeps.push(pace.sleepUntil(clock.now() + 3_600_000));
    };

    for (let i = 0; i < 6; i += 1) await look(30_000, 30_000);
    await look(7_200_000, 30_000);
    for (let i = 0; i < 6; i += 1) await look(30_000, 30_000);
    expect(sleeps).toEqual(
      [2, 4, 8, 16, 30, 30, 1, 2, 4, 8, 16, 30, 30].map((seconds) => seconds * 1_000),
    );
  });
});
