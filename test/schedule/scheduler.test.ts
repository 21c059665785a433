import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startScheduler } from '../../agent/schedule/scheduler.ts';
import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { FakeClock } from './fake-clock.ts';
import { at } from './zones.ts';

const minute = 60_000;
const hour = 60 * minute;
const dayMs = 24 * hour;

const nightly: ScheduleSettings = {
  full: { every: 'day', at: '02:00' },
  store: 'disk',
  zone: 'UTC',
};
const everyTwoMinutes: ScheduleSettings = {
  ...nightly,
  full: { every: 'cron', cron: '*/2 * * * *' },
};

const short = (atMs: number): string => new Date(atMs).toISOString().slice(0, 16);

/** A machine: its clock and what is on its disk outlive the scheduler on it. */
class Machine {
  readonly clock: FakeClock;
  readonly positions = new Map<string, number>();
  readonly fired: string[] = [];
  readonly left: string[] = [];
  readonly chores: number[] = [];
  changes = 0;
  skip: number | undefined;
  choreMs: number | undefined;
  /** Nothing can be written on its disk. */
  full = false;
  schedules: Record<string, ScheduleSettings>;
  #down = new AbortController();

  constructor(time: string, schedules: Record<string, ScheduleSettings>) {
    this.clock = new FakeClock(at(time));
    this.schedules = schedules;
  }

  up() {
    this.#down = new AbortController();
    return startScheduler({
      schedules: () => this.schedules,
      position: (id) => this.positions.get(id),
      skip: () => this.skip,
      serve: (id, due) => {
        if (this.full) return false;
        this.positions.set(id, due.slotMs);
        this.left.push(
          ...due.left.map(({ slotMs, kind, outcome }) => `${short(slotMs)} ${kind} ${outcome}`),
        );
        if (due.run !== undefined) this.fired.push(this.line(id, due.run));
        return true;
      },
      installation: 'one',
      chores: { dueMs: () => this.choreMs, work: () => this.chores.push(this.clock.now()) },
      clock: this.clock,
      signal: this.#down.signal,
      onChange: () => {
        this.changes += 1;
      },
    });
  }

  line(id: string, { slotMs, kind }: { slotMs: number; kind: string }): string {
    const late = Math.floor((this.clock.now() - slotMs) / minute);
    return `${id} ${short(slotMs)} +${late}m${kind === 'full' ? '' : ' differential'}`;
  }

  async down(): Promise<void> {
    this.#down.abort();
    await setImmediate();
  }

  takeFired(): readonly string[] {
    return this.fired.splice(0);
  }
}

let machine: Machine;
beforeEach(() => {
  machine = new Machine('2026-11-21T12:00Z', { nightly });
});
afterEach(async () => {
  await machine.down();
  expect(machine.clock.waiting).toBe(0);
});

describe('a schedule', () => {
  it('fires each slot once, says what comes next, and remembers the slot', async () => {
    const scheduler = machine.up();
    expect(scheduler.next('nightly')?.startMs).toBe(at('2026-11-22T02:00Z'));
    await machine.clock.pass(2 * dayMs);
    expect(machine.fired).toEqual(['nightly 2026-11-22T02:00 +0m', 'nightly 2026-11-23T02:00 +0m']);
    expect(scheduler.next('nightly')?.startMs).toBe(at('2026-11-24T02:00Z'));
    expect(machine.positions.get('nightly')).toBe(at('2026-11-23T02:00Z'));
    expect(machine.changes).toBe(2);
  });

  it('is not pushed ahead by restarts every hour', async () => {
    machine.schedules = {
      weekly: { ...nightly, full: { every: 'week', on: 'sunday', at: '02:30' } },
    };
    for (let i = 0; i < 24 * 15; i += 1) {
      machine.up();
      await machine.clock.pass(hour);
      await machine.down();
    }
    expect(machine.fired).toEqual([
      'weekly 2026-11-22T02:30 +0m',
      'weekly 2026-11-29T02:30 +0m',
      'weekly 2026-12-06T02:30 +0m',
    ]);
  });

  it('wakes no more often than every 30 s when nothing is due, but for the first half minute', async () => {
    machine.up();
    await machine.clock.pass(hour);
    expect(machine.clock.wakes).toBe(1 + 6 + 118);
  });

  it('ends with its signal', async () => {
    machine.up();
    await machine.clock.pass(hour);
    await machine.down();
    await machine.clock.pass(2 * dayMs);
    expect(machine.fired).toEqual([]);
  });
});

describe('runs missed while the machine was down', () => {
  const downFor = async (ms: number) => {
    machine.up();
    await machine.clock.pass(dayMs);
    machine.takeFired();
    await machine.down();
    await machine.clock.pass(ms);
    machine.up();
    await machine.clock.pass(1000);
    return machine.takeFired();
  };

  it('are one run', async () => {
    expect(await downFor(14 * dayMs)).toEqual(['nightly 2026-12-06T02:00 +600m']);
    await machine.clock.pass(dayMs);
    expect(machine.takeFired()).toEqual(['nightly 2026-12-07T02:00 +0m']);
  });

  it('are one run also with thousands of slots', async () => {
    machine.schedules = { often: everyTwoMinutes };
    expect(await downFor(14 * dayMs + minute)).toEqual(['often 2026-12-06T12:00 +1m']);
  });

  it('are none where they are to be skipped', async () => {
    machine.schedules = { nightly: { ...nightly, ifMissed: 'skip' } };
    expect(await downFor(14 * dayMs)).toEqual([]);
    await machine.clock.pass(dayMs);
    expect(machine.takeFired()).toEqual(['nightly 2026-12-07T02:00 +0m']);
  });

  it('include the first slot of a new schedule', async () => {
    machine.up();
    await machine.down();
    await machine.clock.pass(dayMs);
    machine.up();
    await machine.clock.pass(1000);
    expect(machine.fired).toEqual(['nightly 2026-11-22T02:00 +600m']);
  });

  it('do not count a slot that is a minute late', async () => {
    machine.schedules = { nightly: { ...nightly, ifMissed: 'skip' } };
    machine.up();
    await machine.down();
    await machine.clock.pass(14 * hour + minute);
    machine.up();
    await machine.clock.pass(1000);
    expect(machine.fired).toEqual(['nightly 2026-11-22T02:00 +1m']);
  });
});

describe('a clock that is set', () => {
  const passedTheNight = async () => {
    const scheduler = machine.up();
    await machine.clock.pass(14 * hour + 10 * minute);
    expect(machine.takeFired()).toEqual(['nightly 2026-11-22T02:00 +0m']);
    return scheduler;
  };

  it('back over a run repeats nothing', async () => {
    await passedTheNight();
    machine.clock.set(at('2026-11-22T01:30Z'));
    await machine.clock.pass(2 * hour);
    expect(machine.fired).toEqual([]);
    await machine.clock.pass(dayMs);
    expect(machine.fired).toEqual(['nightly 2026-11-23T02:00 +0m']);
  });

  it('back by minutes repeats nothing of a schedule of every two minutes', async () => {
    machine.schedules = { often: everyTwoMinutes };
    machine.up();
    await machine.clock.pass(20 * minute);
    machine.clock.set(at('2026-11-21T12:00Z'));
    await machine.clock.pass(30 * minute);
    expect(new Set(machine.fired).size).toBe(machine.fired.length);
    expect(machine.fired.at(-1)).toBe('often 2026-11-21T12:30 +0m');
  });

  it('forward by weeks is one run within 30 s, and no storm after it', async () => {
    await passedTheNight();
    machine.clock.set(at('2027-01-10T05:00Z'));
    await machine.clock.pass(30_000);
    expect(machine.takeFired()).toEqual(['nightly 2027-01-10T02:00 +180m']);
    await machine.clock.pass(12 * hour);
    expect(machine.takeFired()).toEqual([]);
  });

  it('forward by a year and back again goes on with the true nights', async () => {
    const scheduler = await passedTheNight();
    machine.clock.set(at('2027-11-22T03:00Z'));
    await machine.clock.pass(minute);
    expect(machine.takeFired()).toEqual(['nightly 2027-11-22T02:00 +60m']);
    machine.clock.set(at('2026-11-22T03:00Z'));
    await machine.clock.pass(2 * dayMs);
    expect(machine.takeFired()).toEqual([
      'nightly 2026-11-23T02:00 +0m',
      'nightly 2026-11-24T02:00 +0m',
    ]);
    expect(scheduler.next('nightly')?.startMs).toBe(at('2026-11-25T02:00Z'));
  });

  it('far back at boot, and right soon after, costs no extra run', async () => {
    await passedTheNight();
    await machine.down();
    machine.clock.set(at('1990-01-01T00:00Z'));
    machine.up();
    await machine.clock.pass(minute);
    machine.clock.set(at('2026-11-22T05:00Z'));
    await machine.clock.pass(dayMs);
    expect(machine.takeFired()).toEqual(['nightly 2026-11-23T02:00 +0m']);
  });

  it('at random, back by less than an hour, never fires a slot twice', async () => {
    const step = fc.record({
      jump: fc.integer({ min: -50 * minute, max: 3 * dayMs }),
      pass: fc.integer({ min: 0, max: dayMs }),
      restart: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const own = new Machine('2026-11-21T12:00Z', { nightly });
        own.up();
        for (const { jump, pass, restart } of steps) {
          if (restart) await own.down();
          own.clock.set(own.clock.now() + jump);
          if (restart) own.up();
          await own.clock.pass(pass);
        }
        await own.down();
        const slots = own.fired.map((line) => line.split(' ')[1]);
        expect(new Set(slots).size).toBe(slots.length);
      }),
      { seed: 3, numRuns: 30 },
    );
  });
});

describe('a changed configuration', () => {
  it('moves the next run at once and owes nothing for the past of the new rule', async () => {
    const scheduler = machine.up();
    await machine.clock.pass(hour);
    machine.schedules = { nightly: { ...nightly, full: { every: 'day', at: '04:00' } } };
    scheduler.reconfigured();
    expect(scheduler.next('nightly')?.startMs).toBe(at('2026-11-22T04:00Z'));
    machine.schedules = { nightly: { ...nightly, full: { every: 'day', at: '12:59' } } };
    scheduler.reconfigured();
    await machine.clock.pass(minute);
    expect(machine.fired).toEqual([]);
    expect(scheduler.next('nightly')?.startMs).toBe(at('2026-11-22T12:59Z'));
    expect(machine.changes).toBe(2);
  });

  it('keeps the place of a schedule whose rule is the same', async () => {
    const scheduler = machine.up();
    await machine.clock.pass(13 * hour);
    machine.schedules = { nightly: { ...nightly, deleteOlderThan: '30 days' } };
    scheduler.reconfigured();
    await machine.clock.pass(hour);
    expect(machine.fired).toEqual(['nightly 2026-11-22T02:00 +0m']);
  });

  it('fires no slot twice when a run itself brings it about', async () => {
    machine.schedules = { often: everyTwoMinutes };
    const scheduler = machine.up();
    const push = machine.fired.push.bind(machine.fired);
    machine.fired.push = (...lines) => {
      scheduler.reconfigured();
      return push(...lines);
    };
    await machine.clock.pass(4 * minute);
    expect(machine.fired).toHaveLength(2);
  });

  it('pauses, and on going on owes nothing for the pause', async () => {
    const scheduler = machine.up();
    machine.schedules = { nightly: { ...nightly, paused: true } };
    scheduler.reconfigured();
    await machine.clock.pass(3 * dayMs);
    expect([scheduler.next('nightly')?.startMs, machine.fired]).toEqual([undefined, []]);
    await machine.down();
    machine.schedules = { nightly };
    machine.up();
    await machine.clock.pass(dayMs);
    expect(machine.fired).toEqual(['nightly 2026-11-25T02:00 +0m']);
  });

  it('forgets a schedule that is gone', async () => {
    const scheduler = machine.up();
    machine.schedules = {};
    scheduler.reconfigured();
    await machine.clock.pass(2 * dayMs);
    expect([scheduler.next('nightly')?.startMs, machine.fired]).toEqual([undefined, []]);
  });

  it('that is not valid is refused and leaves the schedules as they were', async () => {
    const scheduler = machine.up();
    machine.schedules = {
      nightly,
      broken: { ...nightly, full: { every: 'cron', cron: '*/60 * * * *' } },
    };
    expect(() => scheduler.reconfigured()).toThrow('*/60');
    await machine.clock.pass(dayMs);
    expect(machine.fired).toEqual(['nightly 2026-11-22T02:00 +0m']);
  });
});

it('what cannot be written down stays due, and begins when there is room again', async () => {
  machine.up();
  machine.full = true;
  await machine.clock.pass(15 * hour);
  expect(machine.takeFired()).toEqual([]);
  machine.full = false;
  await machine.clock.pass(6 * minute);
  expect(machine.takeFired()).toEqual(['nightly 2026-11-22T02:00 +65m']);
});

it('other work is done at its time', async () => {
  machine.choreMs = at('2026-11-21T12:34:56Z');
  machine.up();
  await machine.clock.pass(hour);
  expect(machine.chores).toContain(machine.choreMs);
});

it('a week off is one full, and the differentials go on as planned', async () => {
  machine.schedules = {
    nightly: { ...nightly, differential: { when: { every: 'hours', hours: 6 } } },
  };
  machine.up();
  await machine.clock.pass(dayMs);
  await machine.down();
  machine.takeFired();
  machine.left.length = 0;
  await machine.clock.pass(7 * dayMs);
  machine.up();
  await machine.clock.pass(9 * hour);
  expect(machine.takeFired()).toEqual([
    'nightly 2026-11-29T02:00 +600m',
    'nightly 2026-11-29T14:00 +0m differential',
    'nightly 2026-11-29T20:00 +0m differential',
  ]);
  expect(machine.left.length).toBe(27);
  expect(new Set(machine.left.map((line) => line.split(' ')[2]))).toEqual(new Set(['missed']));
});

it('what was missed does not begin in hours in which nothing does, but at their end', async () => {
  machine.schedules = { nightly: { ...nightly, blackout: [{ from: '06:00', to: '18:00' }] } };
  const scheduler = machine.up();
  await machine.down();
  await machine.clock.pass(20 * hour);
  machine.up();
  await machine.clock.pass(9 * hour);
  expect([machine.takeFired(), scheduler.next('nightly')?.startMs]).toEqual([
    [],
    at('2026-11-22T18:00Z'),
  ]);
  const wakes = machine.clock.wakes;
  await machine.clock.pass(hour);
  expect(machine.clock.wakes - wakes).toBeLessThan(122);
  await machine.clock.pass(hour);
  expect(machine.takeFired()).toEqual(['nightly 2026-11-22T02:00 +960m']);
});
