// `quick-daemon.ts`: a daemon in KEDGE_HOME whose alarms need no minutes to settle.
import { mkdirSync } from 'node:fs';
import { findPlaces } from '../../agent/os/places.ts';
import { openDaemon } from '../../agent/server/daemon.ts';
import { listen } from '../../agent/server/listen.ts';

const stop = Promise.withResolvers<void>();
process.once('SIGTERM', () => stop.resolve());
const places = findPlaces(process.env);
mkdirSync(places.state, { recursive: true, mode: 0o700 });
await using daemon = await openDaemon({
  places,
  output: ({ text }) => process.stdout.write(`${text}\n`),
  requestStop: stop.resolve,
  signal: new AbortController().signal,
  pace: {
    settleMs: 400,
    foldMs: 3_600_000,
    gatherMs: 200,
    retriesMs: [300],
    maxTries: 100,
  },
  storesMs: 200,
});
await using _server = await listen(daemon, { path: daemon.places.socket, role: 'admin' });
daemon.log.write('info', 'Kedge is ready');
await stop.promise;
