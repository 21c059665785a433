import { join } from 'node:path';
import { expect, test } from 'vitest';
import { rememberHealth } from '../../agent/server/remember-health.ts';
import { bucketsOf } from '../../agent/services/health-buckets.ts';
import { openState } from '../../agent/state/state.ts';
import type { HealthState, Service } from '../../protocol/domain/service.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;

function service(id: string, health: HealthState, why: string): Service {
  const rest = {
    role: 'host',
    manager: 'process',
    dependsOn: [],
    sinceMs: 0,
    restarts: 0,
  } as const;
  return { id, health, why, ...rest };
}

/** A state and a clock; `run` is Kedge running for as long as its work lasts. */
function scene() {
  const path = join(temporaryFolder(), 'state.sqlite');
  const clock = { nowMs: 100 * dayMs };
  const warned: string[] = [];
  const run = (work: (see: (...services: Service[]) => void) => void): void => {
    using state = openState(path);
    const warn = (text: string) => warned.push(text);
    using memory = rememberHealth({ history: state.health, now: () => clock.nowMs, warn });
    work((...services) => memory.take(services));
  };
  const read = (id: string) => {
    using state = openState(path);
    return state.health.of(id);
  };
  return { path, clock, run, read, warned };
}

test('changes of state are kept with their reason, other words are not', () => {
  const { clock, run, read } = scene();
  run((see) => {
    see(service('host', 'unknown', 'not looked at yet'));
    see(service('host', 'healthy', 'GET /health 200'));
    clock.nowMs += hourMs;
    see(service('host', 'healthy', 'GET /health 204'));
    see(service('host', 'ill', 'GET /health gave 503'));
  });
  expect(read('host')).toEqual([
    { atMs: 100 * dayMs, state: 'healthy', why: 'GET /health 200' },
    { atMs: 100 * dayMs + hourMs, state: 'ill', why: 'GET /health gave 503' },
  ]);
});

test('the time when Kedge did not run is a gap, a short restart is none', () => {
  const { clock, run, read } = scene();
  const well = service('host', 'healthy', 'well');
  run((see) => see(well));
  clock.nowMs += 60_000;
  run((see) => see(well));
  clock.nowMs += hourMs;
  run((see) => see(well));
  expect(read('host').map(({ atMs, state, why }) => [atMs - 100 * dayMs, state, why])).toEqual([
    [0, 'healthy', 'well'],
    [60_000, 'unknown', 'Kedge did not run'],
    [60_000 + hourMs, 'healthy', 'well'],
  ]);
});

test('a service that leaves the configuration is unknown from then on, and forgotten after a week', () => {
  const { path, clock, run, read } = scene();
  run((see) => {
    see(service('host', 'healthy', 'well'), service('agent', 'healthy', 'well'));
    see(service('host', 'healthy', 'well'));
  });
  expect(read('agent').at(-1)).toMatchObject({ state: 'unknown', why: 'not in the configuration' });
  clock.nowMs += 8 * dayMs;
  using state = openState(path);
  state.prune(clock.nowMs);
  expect([state.health.of('agent').at(-1)?.state, state.health.of('host')]).toEqual([
    'healthy',
    [expect.objectContaining({ state: 'healthy' })],
  ]);
});

test('a week is kept with what held at its begin, 500 changes at most, none of the future', () => {
  const { path } = scene();
  using state = openState(path);
  const { health } = state;
  const add = (atMs: number, state: HealthState) => health.add('host', { atMs, state, why: '' });
  add(500 * dayMs, 'healthy');
  for (const day of [100, 101, 107]) add(day * dayMs, day % 2 === 0 ? 'healthy' : 'ill');
  expect(health.of('host').map(({ atMs }) => atMs / dayMs)).toEqual([100, 101, 107]);
  add(108.5 * dayMs, 'healthy');
  expect(health.of('host').map(({ atMs }) => atMs / dayMs)).toEqual([101, 107, 108.5]);
  for (let second = 1; second <= 520; second += 1)
    add(108.5 * dayMs + second * 1000, second % 2 === 0 ? 'healthy' : 'failed');
  expect(health.of('host')).toHaveLength(500);
});

test('what can not be written is warned of and takes nothing else down', () => {
  const { path, warned } = scene();
  const state = openState(path);
  const warn = (text: string) => warned.push(text);
  using memory = rememberHealth({ history: state.health, now: () => 0, warn });
  state[Symbol.dispose]();
  memory.take([service('host', 'healthy', 'well')]);
  expect(warned).toEqual([expect.stringMatching(/^the history of the services was not written: /)]);
});

test('each part of the time shows the worst that was in it', () => {
  const changes = [
    { atMs: 1, state: 'healthy', why: '' },
    { atMs: 25, state: 'ill', why: '' },
    { atMs: 26, state: 'healthy', why: '' },
    { atMs: 40, state: 'unknown', why: '' },
    { atMs: 60, state: 'healthy', why: '' },
    { atMs: 70, state: 'failed', why: '' },
    { atMs: 70, state: 'healthy', why: '' },
  ] as const;
  expect(bucketsOf(changes, 0, 80, 8)).toEqual([
    'healthy',
    'healthy',
    'ill',
    'healthy',
    'unknown',
    'unknown',
    'healthy',
    'failed',
  ]);
  expect(bucketsOf(changes.slice(4), 0, 80, 2)).toEqual([null, 'failed']);
  expect(bucketsOf([{ atMs: -500, state: 'stopped', why: '' }], 0, 80, 2)).toEqual([
    'stopped',
    'stopped',
  ]);
  expect(bucketsOf(changes.slice(0, 3), 30, 80, 1)).toEqual(['healthy']);
});
