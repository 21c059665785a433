import { expect, test } from 'vitest';
import type { Daemon } from '../../agent/server/daemon.ts';
import { runSchedules } from '../../agent/server/schedule-runs.ts';
import { until } from '../support/until.ts';

const full = (): never => {
  throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
};

test('a schedule whose run cannot be written down says so, stays due and keeps time', async () => {
  const logged: string[] = [];
  const nightly = { full: { every: 'day', at: '02:00' }, store: 'local', zone: 'UTC' };
  const daemon = {
    configFile: { inForce: () => ({ schedules: { nightly } }) },
    now: Date.now,
    state: {
      installation: 'one',
      // Two days ago, so that a run is due at once.
      position: () => Date.now() - 48 * 3_600_000,
      runs: {
        open: () => [],
        skip: () => undefined,
        serve: full,
        last: () => undefined,
        lastComplete: () => undefined,
      },
      jobs: { newestOf: () => undefined },
    },
    jobs: { submit: full },
    log: { write: (level: string, text: string) => logged.push(`${level}: ${text}`) },
    broadcast: { publish: () => undefined },
    overview: { touch: () => undefined },
  } as unknown as Daemon;
  using schedules = runSchedules(() => daemon);
  schedules.start();
  await until(() => logged.length === 1);
  expect(logged).toEqual([
    'error: schedule "nightly": its runs could not be written down: database or disk is full',
  ]);
  expect(schedules.list()[0]?.nextMs).toBeLessThanOrEqual(Date.now());
});
