import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCliSession } from '../../tui/cli/open-cli-session.ts';
import { stopUnused } from '../../tui/cli/stop-unused.ts';
import { startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

const { signal } = new AbortController();

test('a Kedge without a configuration is ended, one with one is left', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(join(folder.path, 'app'));
  for (const [home, ended] of [
    [join(folder.path, 'empty'), true],
    [app.home, false],
  ] as const) {
    await using kedge = await startKedge(home);
    const asking = { env: {}, stdinIsTty: false };
    await using session = await openCliSession({ socket: kedge.socket }, asking, signal);
    expect(await stopUnused(session)).toBe(ended);
    expect(kedge.process.exitCode).toBe(ended ? 0 : null);
  }
});
