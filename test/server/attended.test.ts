import { expect, test } from 'vitest';
import { findPlaces } from '../../agent/os/places.ts';
import { openDaemon } from '../../agent/server/daemon.ts';
import { listen } from '../../agent/server/listen.ts';
import { openCliSession } from '../../tui/cli/open-cli-session.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

test('a command line without a terminal is heard, and nobody there is asked', async () => {
  const { home } = await makeSmallApplication(temporaryFolder());
  const { signal } = new AbortController();
  await using daemon = await openDaemon({
    places: findPlaces({ KEDGE_HOME: home }),
    output: () => undefined,
    requestStop: () => undefined,
    signal,
  });
  const { socket } = daemon.places;
  await using _server = await listen(daemon, { path: socket, role: 'admin' });
  const { broadcast } = daemon;
  {
    await using _script = await openCliSession({ socket }, { env: {}, stdinIsTty: false }, signal);
    expect([broadcast.isHeard(), broadcast.isAttended()]).toEqual([true, false]);
    await using _person = await openCliSession({ socket }, { env: {}, stdinIsTty: true }, signal);
    expect(broadcast.isAttended()).toBe(true);
  }
  await until(() => !broadcast.isHeard());
});
