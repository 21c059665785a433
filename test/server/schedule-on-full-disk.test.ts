import { expect, test } from 'vitest';
import type { Daemon } from '../../agent/server/daemon.ts';
import { runSchedules } from '../../agent/server/schedule-runs.ts';
import { until } from '../support/until.ts';

const full = (): never => {
  throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
};

test('a schedule whose run and position cannot be written down is said so, and keeps time', async () => {
  const logged: string[] = [];
  const nightly = { full: { every: 'day', at: '02:00' }, store: 'local', zone: 'UTC' };
  const daemon = {
    configFile: { inForce: () => ({ schedules: { nightly } }) },
    state: {
      // Two days ago, so that a run is due at once.
      position: () => Date.now() - 48 * 3_600_000,
      savePosition: full,
      jobs: { unfinished: () => [], newestOf: () => undefined },
    },
    jobs: { submit: full },
    log: { write: (level: string, text: string) => logged.push(`${level}: ${text}`) },
    broadcast: { publish: () => undefined },
    overview: { touch: () => undefined },
  } as unknown as Daemon;
  using schedules = runSchedules(() => daemon);
  schedules.start();
  await until(() => logged.length === 2);
  expect(logged).toEqual([
    'error: schedule "nightly": database or disk is full',
    'error: schedule "nightly": its position was not saved: database or disk is full',
  ]);
  expect(schedules.list()[0]?.nextMs).toBeGreaterThan(Date.now());
});
