import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { schedulePreview, scheduleShow } from '../../protocol/methods/schedule.ts';
import { onWall } from '../schedule/zones.ts';
import { openSession, startKedgeThrough } from '../support/kedge.ts';
import { testWith } from '../support/require-tool.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

const zone = 'Europe/Berlin';
/** Fake seconds in a real one; 60 takes three minutes. */
const pace = Number(process.env['KEDGE_TEST_PACE'] ?? 600);

const schedules = {
  daily: { full: { every: 'day', at: '02:30' }, store: 'local', zone },
  hourly: { full: { every: 'cron', cron: '30 * * * *' }, store: 'local', zone },
};

/** Its wall clock begins at a time in Berlin and runs fast; timers keep the real pace. */
async function startAt(home: string, time: string, speed: number) {
  const clock = ['env', `TZ=${zone}`, 'FAKETIME_DONT_FAKE_MONOTONIC=1', 'faketime', '-f'];
  const kedge = await startKedgeThrough([...clock, `@${time} x${speed}`], home);
  const { pid } = kedge.process;
  const stop = async (): Promise<void> => {
    const exited = once(kedge.process, 'exit');
    // faketime waits for its child, and passes no signal on.
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    process.kill(Number(children), 'SIGTERM');
    await exited;
  };
  let running = true;
  const stopOnce = async (): Promise<void> => {
    if (running) await stop();
    running = false;
  };
  return { socket: kedge.socket, stop: stopOnce, [Symbol.asyncDispose]: stopOnce };
}

testWith('faketime')(
  'in the night in which the clock goes back, a real Kedge runs what is daily once and what is hourly every real hour',
  async () => {
    using folder = tempFolder();
    const app = await makeSmallApplication(folder.path, { schedules });
    // So that it counts from here, however long the next start takes.
    await using first = await startAt(app.home, '2026-10-25 01:50:00', 1);
    await first.stop();
    await using kedge = await startAt(app.home, '2026-10-25 01:59:00', pace);
    using session = await openSession(kedge.socket);
    const runsOf = async (schedule: string) =>
      (await session.call(scheduleShow, { schedule })).runs.toReversed();
    const through = async () => {
      const hourly = await runsOf('hourly');
      return hourly.length === 3 && hourly.every(({ outcome }) => outcome === 'complete');
    };
    await expect
      .poll(through, { timeout: (200 * 60_000) / pace + 20_000, interval: 250 })
      .toBe(true);
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
    // That it was the fast clock by which it ran.
    const { settings } = (await session.call(scheduleShow, { schedule: 'daily' })).schedule;
    const { nextMs } = await session.call(schedulePreview, { settings });
    expect(nextMs[0]).toBe(Date.parse('2026-10-26T02:30+01:00'));
  },
  (200 * 60_000) / pace + 40_000,
);
