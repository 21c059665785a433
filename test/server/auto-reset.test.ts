import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findPlaces } from '../../agent/os/places.ts';
import { openDaemon } from '../../agent/server/daemon.ts';
import { isFinished } from '../../protocol/domain/job.ts';
import { fakeService } from '../support/service-fixture.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

test('a service that died is reset by itself, once, and not while data is half exchanged', async () => {
  const host = fakeService('obedient', { autoReset: { afterSeconds: 600 } });
  const { home } = await makeSmallApplication(temporaryFolder(), { services: { host } });
  const { signal } = new AbortController();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const real = Date.now;
  let aheadMs = 0;
  const clock = vi.spyOn(Date, 'now').mockImplementation(() => real() + aheadMs);
  onTestFinished(() => {
    vi.useRealTimers();
    clock.mockRestore();
  });
  await using daemon = await openDaemon({
    places: findPlaces({ KEDGE_HOME: home }),
    output: () => undefined,
    requestStop: () => undefined,
    signal,
  });
  const shown = () => daemon.services.services()[0];
  // The daemon looks by itself every 5 s.
  const look = () => void vi.advanceTimersByTime(5000);
  const lookLater = () => {
    aheadMs += 601_000;
    look();
  };
  const die = async () => {
    process.kill(shown()?.pid ?? 0, 'SIGKILL');
    await until(() => shown()?.health === 'failed');
  };
  const jobs = () => daemon.state.jobs.page(0, 9);
  const guard = join(daemon.places.state, 'guard');
  await daemon.services.start('host', signal);
  try {
    await die();
    look();
    writeFileSync(guard, '');
    lookLater();
    expect(jobs()).toEqual([]);
    rmSync(guard);
    lookLater();
    expect(jobs()).toMatchObject([{ title: 'automatic reset of host', origin: 'kedge' }]);
    await until(() => jobs().every(isFinished));
    expect(jobs()).toMatchObject([{ state: { kind: 'done' } }]);
    await die();
    lookLater();
    expect(jobs()).toHaveLength(1);
    expect(daemon.overview.standing.get('auto-reset-host')?.text).toMatch(
      /^automatic reset of "host" paused until \d\d:\d\d: the last one did not help$/,
    );
  } finally {
    await daemon.services.stop('host', signal);
  }
});
