import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPlaces } from '../../agent/os/places.ts';
import { openDaemon } from '../../agent/server/daemon.ts';
import { cleanUp } from '../../agent/server/keep-house.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { namesIn } from '../support/transfer-fixture.ts';

test('an upload that was not finished within a day is removed, others and those of others are not', async () => {
  const app = await makeSmallApplication(temporaryFolder());
  await using daemon = await openDaemon({
    places: findPlaces({ KEDGE_HOME: app.home }),
    output: () => undefined,
    requestStop: () => undefined,
    signal: AbortSignal.timeout(20_000),
  });
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
