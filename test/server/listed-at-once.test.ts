import { expect, test } from 'vitest';
import { findPlaces } from '../../agent/os/places.ts';
import { openDaemon } from '../../agent/server/daemon.ts';
import { listen } from '../../agent/server/listen.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { enable, id, resultOf } from '../support/encrypted-kedge.ts';
import { openSession } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('an encrypted backup is listed before anybody who is told that its job is done can ask for it', async () => {
  using folder = tempFolder();
  const { home } = await makeSmallApplication(folder.path);
  const places = findPlaces({ KEDGE_HOME: home });
  await using daemon = await openDaemon({
    places,
    output: () => undefined,
    requestStop: () => undefined,
    signal: AbortSignal.timeout(60_000),
    openDoor: async (opened) => await listen(opened, { path: places.socket, role: 'admin' }),
  });
  using session = await openSession(places.socket);
  await enable(session);
  const listed = Promise.withResolvers<Backup | undefined>();
  using _end = daemon.broadcast.subscribe(({ change }) => {
    if (change.topic !== 'job' || change.job.state.kind !== 'done') return;
    const { result } = change.job.state;
    // Of a client nothing is read before the turn in which it is told is over.
    if (result.kind === 'backup')
      setImmediate(() => listed.resolve(daemon.backups.get(result.backup.id)));
  });
  // A destination may be looked into at any time, and what came found there.
  const destination = { kind: 'folder', folder: folder.path } as const;
  await resultOf(session, session.call(backupCreate, { ...id(), destination }));
  expect(await listed.promise).toMatchObject({ encryption: 'keys' });
});
