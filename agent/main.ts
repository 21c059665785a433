import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LogLine } from '../protocol/domain/snapshot.ts';
import { exitCodeOf, failureOf, KedgeError, wordFailure } from '../protocol/failures.ts';
import { createDemo } from './demo/create-demo.ts';
import { removeDemo } from './demo/remove-demo.ts';
import { type Lock, tryLock } from './os/lock.ts';
import { readMachine } from './os/machine.ts';
import { findPlaces, type Places } from './os/places.ts';
import { type Daemon, openDaemon } from './server/daemon.ts';
import { listen } from './server/listen.ts';
import { offerViewerSocket } from './server/offer-viewer-socket.ts';

/** Services get this long to stop with the daemon before it ends all the same. */
const stopDeadlineMs = 60_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      demo: { type: 'boolean', default: false },
      /** Removes the demo, and that is all. */
      'remove-demo': { type: 'boolean', default: false },
    },
  });
  const places = findPlaces(process.env);
  if (values['remove-demo']) return await removeOldDemo(places);
  using _lock = lockState(places);
  const { promise: stopped, resolve: stop } = Promise.withResolvers<string>();
  // A hang-up of the terminal it was started from is no reason to end.
  process.on('SIGHUP', () => undefined);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(signal));
  // Whoever reads this output may go; that is no reason to end either.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const starting = new AbortController();
  void stopped.then(() => starting.abort());
  try {
    if (values.demo) await prepareDemo(places, starting.signal);
    const requestStop = (): void => stop('request');
    await using daemon = await openDaemon({
      places,
      output: print,
      requestStop,
      machine: readMachine(process.env, places.state),
      signal: starting.signal,
    });
    await serve(daemon, stopped);
  } catch (error) {
    // Asked to stop before it was up: that was done.
    if (!starting.signal.aborted || failureOf(error).code !== 'cancelled') throw error;
  }
}

async function serve(daemon: Daemon, stopped: Promise<string>): Promise<void> {
  const door = { path: daemon.places.socket, role: 'admin' } as const;
  await using _server = await listen(daemon, door);
  await using _viewers = offerViewerSocket(daemon);
  daemon.log.write('info', `Kedge is ready at ${daemon.places.socket} (process ${process.pid})`);
  const why = await stopped;
  daemon.log.write('info', `stopping (${why})`);
  // Before the services: a restore that is at its gate must not find them being stopped.
  daemon.schedules[Symbol.dispose]();
  await daemon.jobs.close();
  await daemon.services.stopAll(AbortSignal.timeout(stopDeadlineMs)).catch((error: unknown) => {
    daemon.log.write('error', wordFailure(failureOf(error)).message);
  });
}

function lockState(places: Places): Lock {
  mkdirSync(places.state, { recursive: true, mode: 0o700 });
  // Plans and undos tell of the data: nobody else's business, whoever made the folder.
  chmodSync(places.state, 0o700);
  const lock = tryLock(join(places.state, 'kedge.lock'));
  const sidecar = join(places.state, 'kedge.pid');
  if (lock === undefined) {
    throw new KedgeError('kedge-already-running', { pid: readPid(sidecar), home: places.home });
  }
  // For messages only; the lock decides.
  writeFileSync(sidecar, `${process.pid}\n`);
  return lock;
}

/** Under the lock, so that no daemon works in it; the lock's own file goes with the rest. */
async function removeOldDemo(places: Places): Promise<void> {
  using _lock = lockState(places);
  await removeDemo(places.home);
}

function readPid(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}

async function prepareDemo(places: Places, signal: AbortSignal): Promise<void> {
  await createDemo(places.home, {
    signal,
    onProgress: (fraction: number, text: string) =>
      console.log(`demo ${Math.round(fraction * 100)} % ${text}`),
  });
}

function print(line: LogLine): void {
  const job = line.job === undefined ? '' : ` [job ${line.job}]`;
  console.log(`${new Date(line.atMs).toISOString()} ${line.level}${job} ${line.text}`);
}

try {
  await main();
} catch (error) {
  const failure = failureOf(error);
  const { message, hint } = wordFailure(failure);
  console.error(`kedge: ${message}${hint === undefined ? '' : `\n${hint}`}`);
  process.exitCode = exitCodeOf(failure);
}
