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
