import { expect, test } from 'vitest';
import {
  type Health,
  judge,
  type Observation,
  unknownHealth,
} from '../../agent/services/health.ts';
import { alone, nextLookMs } from '../../agent/services/look-pace.ts';
import type { ManagerStatus } from '../../agent/services/manager.ts';

const limits = { startMs: 60_000, stopMs: 10_000, stableMs: 2000, onStopTimeout: 'ask' } as const;
const good = [{ ok: true, text: 'GET /health 200 in 3 ms' }];
const bad = [{ ok: false, text: 'GET /health timed out after 3 s' }];
const stopped: ManagerStatus = { kind: 'stopped', detail: 'stopped' };
const failed: ManagerStatus = { kind: 'failed', detail: 'exit 3: disk full' };

const run = (incarnation: string, startedAtMs: number): ManagerStatus => {
  return { kind: 'running', pid: 7, incarnation, startedAtMs };
};

/** Judges looks one second apart, the first at second `from`. */
function look(before: Health, from: number, ...seen: readonly Partial<Observation>[]): Health {
  const looks = seen.map((part, at) => ({
    status: stopped,
    probes: [],
    stopping: false,
    atMs: (from + at) * 1000,
    ...part,
  }));
  return looks.reduce((health, observation) => judge(health, observation, limits), before);
}

const a = run('a', 0);
const isGood = { status: a, probes: good };
const isBad = { status: a, probes: bad };
const healthy = look(unknownHealth(0), 0, {}, isGood, isGood, isGood);

test('a started service is healthy once its probes were good for its stable time', () => {
  const early = look(unknownHealth(0), 0, {}, isGood, isGood);
  expect([early.state, early.proven]).toEqual(['starting', false]);
  expect(healthy).toMatchObject({
    state: 'healthy',
    proven: true,
    sinceMs: 3000,
    why: 'running, GET /health 200 in 3 ms',
  });
});

test('another incarnation within the stable time begins the proof anew', () => {
  const health = look(unknownHealth(0), 0, {}, isGood, isGood, {
    status: run('b', 2500),
    probes: good,
  });
  expect([health.state, health.proven]).toEqual(['starting', false]);
});

test('a healthy service is ill after three bad answers in a row, not after two', () => {
  const twice = look(healthy, 10, isBad, isBad);
  expect([twice.state, twice.why]).toEqual(['healthy', 'GET /health timed out after 3 s (2 of 3)']);
  const thrice = look(twice, 12, isBad);
  expect(thrice).toMatchObject({
    state: 'ill',
    why: 'GET /health timed out after 3 s',
    sinceMs: 12_000,
    badSinceMs: 10_000,
  });
  expect(look(thrice, 13, isGood)).not.toHaveProperty('badSinceMs');
});

test('a good answer in between starts the count again', () => {
  expect(look(healthy, 10, isBad, isBad, isGood, isBad, isBad).state).toBe('healthy');
});

test('an ill service is healthy after two good answers, not after one', () => {
  const ill = look(healthy, 10, isBad, isBad, isBad);
  expect(look(ill, 13, isGood).state).toBe('ill');
  expect(look(ill, 13, isGood, isGood).state).toBe('healthy');
});

test('bad answers do not count before the start time-out is over', () => {
  const starting = look(unknownHealth(0), 0, {}, isBad, isBad, isBad, isBad);
  expect(starting.state).toBe('starting');
  expect(look(starting, 61, isBad).state).toBe('ill');
});

test('a service that ran long before this daemon is healthy at the first good look', () => {
  expect(look(unknownHealth(0), 100, isGood).state).toBe('healthy');
});

test('without probes a service is healthy once its process is stable', () => {
  expect(look(unknownHealth(0), 1, {}, { status: run('a', 1500) }).state).toBe('starting');
  const health = look(unknownHealth(0), 3, {}, { status: run('a', 1500) });
  expect([health.state, health.why]).toEqual(['healthy', 'running, process 7']);
});

test('a death counts at once, with its reason', () => {
  expect(look(healthy, 10, { status: failed })).toMatchObject({
    state: 'failed',
    why: 'exit 3: disk full',
    sinceMs: 10_000,
    proven: false,
  });
});

test('a manager that does not answer makes it unknown, and the counts go on after', () => {
  const silent = { status: { kind: 'unknown', detail: 'no answer in 10 s' } } as const;
  expect(look(healthy, 10, silent)).toMatchObject({ state: 'unknown', why: 'no answer in 10 s' });
  expect(look(healthy, 10, silent, isGood).state).toBe('healthy');
});

test('three new incarnations in ten minutes that nobody asked for are flapping', () => {
  const crash = (id: string, second: number) => [
    { status: failed },
    { status: run(id, second * 1000), probes: good },
  ];
  const twice = look(healthy, 100, ...crash('b', 101), ...crash('c', 103));
  expect(twice.state).toBe('starting');
  const thrice = look(twice, 104, ...crash('d', 105));
  expect(thrice).toMatchObject({ state: 'flapping', incarnations: 4 });
  expect(look(thrice, 710, { status: run('d', 105_000), probes: good }).state).toBe('healthy');
});

test('restarts that were asked for are no flapping, and a stop clears what was', () => {
  const restart = (id: string, second: number) => [
    {},
    { status: run(id, second * 1000), probes: good },
  ];
  const health = look(
    healthy,
    100,
    ...restart('b', 101),
    ...restart('c', 103),
    ...restart('d', 105),
  );
  expect(health).toMatchObject({ state: 'starting', unaskedMs: [] });
});

test('while a stop is awaited a running service is stopping', () => {
  expect(look(healthy, 10, { status: a, stopping: true })).toMatchObject({ state: 'stopping' });
});

test('it is looked at often only while something changes', () => {
  const settled = { ...healthy, sinceMs: 0 };
  expect({
    quiet: nextLookMs(settled, 60_000, false, alone),
    changedLately: nextLookMs(settled, 20_000, false, alone),
    firstBad: nextLookMs({ ...settled, bad: 1 }, 60_000, false, alone),
    starting: nextLookMs({ ...settled, state: 'starting' }, 60_000, false, alone),
    awaited: nextLookMs(settled, 60_000, true, alone),
  }).toEqual({ quiet: 15_000, changedLately: 1000, firstBad: 1000, starting: 1000, awaited: 50 });
});
