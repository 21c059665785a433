import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPlaces } from '../../agent/os/places.ts';
import { findUnfinishedJournals } from '../../agent/restore/recover.ts';
import { openDaemon } from '../../agent/server/daemon.ts';
import { listen } from '../../agent/server/listen.ts';
import { jobList } from '../../protocol/methods/job.ts';
import { openSession } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

/** A restore that died when it had stopped "host", whose start takes until the file `go` is there. */
async function died() {
  const folder = temporaryFolder();
  const go = join(folder, 'go');
  const start = ['/bin/sh', '-c', `while ! [ -e '${go}' ]; do sleep 0.05; done`];
  const [stop, status] = [['/bin/true'], ['/bin/sh', '-c', `[ -e '${go}' ] || exit 3`]];
  const host = { manager: 'command', start, stop, status, role: 'host', stableSeconds: 0.05 };
  const { home } = await makeSmallApplication(folder, { services: { host } });
  const places = findPlaces({ KEDGE_HOME: home });
  const journal = join(places.state, 'journal');
  mkdirSync(journal, { recursive: true });
  const begin = { kind: 'begin', what: 'restore', job: 7, atMs: 1, title: 'Restore of first' };
  const undo = { undoId: 'undo', undoExpiresAtMs: 2, places: [], sources: [] };
  const records = [
    { ...begin, ...undo },
    { kind: 'stopping', services: ['host'] },
  ];
  const lines = records.map((record) => `${JSON.stringify(record)}\n`);
  writeFileSync(join(journal, '7.jsonl'), lines.join(''));
  return { places, go };
}

test('while a recovery holds up the start, clients are let in and see it at work', async () => {
  const { places, go } = await died();
  let isUp = false;
  const starting = openDaemon({
    places,
    output: () => undefined,
    requestStop: () => undefined,
    signal: AbortSignal.timeout(60_000),
    openDoor: async (daemon) => await listen(daemon, { path: places.socket, role: 'admin' }),
  }).finally(() => {
    isUp = true;
  });
  await until(() => existsSync(places.socket));
  using session = await openSession(places.socket);
  const { jobs } = await session.call(jobList, { offset: 0, limit: 9 });
  expect(jobs).toMatchObject([{ title: 'recovery of job 7', state: { kind: 'running' } }]);
  expect([isUp, findUnfinishedJournals(places.state).length]).toEqual([false, 1]);
  writeFileSync(go, '');
  await using _daemon = await starting;
  expect(findUnfinishedJournals(places.state)).toEqual([]);
});
