import { once } from 'node:events';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { schedulePreview, scheduleShow } from '../../protocol/methods/schedule.ts';
import { onWall } from '../schedule/zones.ts';
import { openSession, startKedgeThrough } from '../support/kedge.ts';
import { testWith } from '../support/require-tool.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

const zone = 'Europe/Berlin';
const schedules = {
  daily: { full: { every: 'day', at: '02:30' }, store: 'local', zone },
  hourly: { full: { every: 'cron', cron: '30 * * * *' }, store: 'local', zone },
};

/** A wall clock that stands where it is set to; timers keep the real pace. `before`: what starts a program with it. */
function standingClock(folder: string) {
  const file = join(folder, 'clock');
  const faked = [
    `TZ=${zone}`,
    'FAKETIME_DONT_FAKE_MONOTONIC=1',
    'FAKETIME_NO_CACHE=1',
    'FAKETIME_FMT=%s',
    `FAKETIME_TIMESTAMP_FILE=${file}`,
  ];
  return {
    // It looks into the file only where it was not told a time itself.
    before: ['env', ...faked, 'faketime', '-f', '+0', 'env', '-u', 'FAKETIME'],
    set(time: string): void {
      writeFileSync(`${file}.new`, String(Date.parse(time) / 1000));
      renameSync(`${file}.new`, file);
    },
  };
}

async function startWith(before: readonly string[], home: string) {
  const kedge = await startKedgeThrough(before, home);
  const { pid } = kedge.process;
  return {
    socket: kedge.socket,
    [Symbol.asyncDispose]: async (): Promise<void> => {
      const exited = once(kedge.process, 'exit');
      // faketime waits for its child, and passes no signal on.
      const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
      process.kill(Number(children), 'SIGTERM');
      await exited;
    },
  };
}

testWith('faketime')(
  'in the night in which the clock goes back, a real Kedge runs what is daily once and what is hourly every real hour',
  async () => {
    using folder = tempFolder();
    const app = await makeSmallApplication(folder.path, { schedules });
    const clock = standingClock(folder.path);
    clock.set('2026-10-25T01:59+02:00');
    await using kedge = await startWith(clock.before, app.home);
    using session = await openSession(kedge.socket);
    const runsOf = async (schedule: string) =>
      (await session.call(scheduleShow, { schedule })).runs.toReversed();
    const outcomes = async () => ({
      hourly: (await runsOf('hourly')).map(({ outcome }) => outcome),
      daily: (await runsOf('daily')).map(({ outcome }) => outcome),
    });
    const hourly: string[] = [];
    for (const time of ['02:30+02:00', '02:30+01:00', '03:30+01:00']) {
      clock.set(`2026-10-25T${time}`);
      hourly.push('complete');
      await expect.poll(outcomes).toEqual({ hourly, daily: ['complete'] });
    }
    const shown = async (schedule: string) =>
      (await runsOf(schedule)).map(
        ({ atMs, outcome, note }) =>
          `${new Date(atMs).toISOString().slice(11, 16)}Z ${onWall(atMs, zone)} ${outcome}, ${note ?? 'as planned'}`,
      );
    expect(await shown('hourly')).toEqual([
      '00:30Z 2026-10-25 02:30 complete, as planned',
      '01:30Z 2026-10-25 02:30 complete, as planned',
      '02:30Z 2026-10-25 03:30 complete, as planned',
    ]);
    expect(await shown('daily')).toEqual([
      '00:30Z 2026-10-25 02:30 complete, 02:30 comes twice on that day, the clock goes back: it runs the first time',
    ]);
    // That it was this clock by which it ran.
    const { settings } = (await session.call(scheduleShow, { schedule: 'daily' })).schedule;
    const { nextMs } = await session.call(schedulePreview, { settings });
    expect(nextMs[0]).toBe(Date.parse('2026-10-26T02:30+01:00'));
  },
);
