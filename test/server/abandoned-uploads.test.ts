import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPlaces } from '../../agent/os/places.ts';
import { cleanAfterSafely } from '../../agent/server/clean-after.ts';
import { type Daemon, openDaemon } from '../../agent/server/daemon.ts';
import { cleanUp } from '../../agent/server/keep-house.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { namesIn } from '../support/transfer-fixture.ts';

async function openIn(home: string): Promise<Daemon> {
  return await openDaemon({
    places: findPlaces({ KEDGE_HOME: home }),
    output: () => undefined,
    requestStop: () => undefined,
    signal: AbortSignal.timeout(20_000),
  });
}

test('an upload that was not finished within a day is removed, others and those of others are not', async () => {
  const app = await makeSmallApplication(temporaryFolder());
  await using daemon = await openIn(app.home);
  const own = `.kedge-upload-${daemon.state.installation.slice(0, 8)}-`;
  const [old, held, fresh] = ['a', 'b', 'c'].map((one) => `${own}${one.repeat(32)}.partial`);
  const foreign = `.kedge-upload-00000000-${'d'.repeat(32)}.partial`;
  const yesterday = new Date(Date.now() - 25 * 3_600_000);
  for (const name of [old, held, fresh, foreign]) {
    writeFileSync(join(app.store, name ?? ''), 'some');
    if (name !== fresh) utimesSync(join(app.store, name ?? ''), yesterday, yesterday);
  }
  daemon.transfers.held.set(`upload-${own.slice(14, 22)}-${'b'.repeat(32)}`, async () => undefined);
  await cleanUp(daemon);
  expect(namesIn(app.store)).toEqual([foreign, fresh, held].sort());
});

test('what a job that died while it verified an upload has left is removed', async () => {
  const app = await makeSmallApplication(temporaryFolder());
  await using daemon = await openIn(app.home);
  writeFileSync(join(app.store, '.kedge-upload-1.partial'), 'some');
  writeFileSync(join(app.store, '.kedge-upload-2.partial'), 'some');
  await cleanAfterSafely(daemon, 1, {
    kind: 'transfer',
    upload: 'upload-1',
    store: 'local',
    folder: app.store,
    name: 'a.tar.zst',
    sha256: '',
  });
  expect(namesIn(app.store)).toEqual(['.kedge-upload-2.partial']);
});
