import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  dayMs,
  everyTwoMinutes,
  hour,
  Machine,
  minute,
  nightly,
} from '../support/schedule-machine.ts';
import { at } from './zones.ts';

let machine: Machine;

beforeEach(() => {
  machine = new Machine('2026-11-21T12:00Z', { nightly });
});

afterEach(async () => {
  await machine.down();
  expect(machine.clock.waiting).toBe(0);
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
