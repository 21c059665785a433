import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LogLine } from '../protocol/domain/snapshot.ts';
import {
  exitCodeOf,
  type Failure,
  failureOf,
  KedgeError,
  wordFailure,
} from '../protocol/failures.ts';
import { ownFolderFailure } from '../protocol/own-folder.ts';
import { type DaemonWords, daemonHelp, readDaemonWords } from './daemon-words.ts';
import { createDemo } from './demo/create-demo.ts';
import { removeDemo } from './demo/remove-demo.ts';
import { isJournal, journalText } from './os/journal-stream.ts';
import { type Lock, tryLock } from './os/lock.ts';
import { readMachine } from './os/machine.ts';
import { findPlaces, type Places } from './os/places.ts';
import { takeSystemdNotify } from './os/sd-notify.ts';
import { type Daemon, openDaemon } from './server/daemon.ts';
import { listen } from './server/listen.ts';
import { offerDoors } from './server/offer-doors.ts';
import { tellSystemd, type UnitVoice } from './server/tell-systemd.ts';

/** Services get this long to stop with the daemon before it ends all the same. */
const stopDeadlineMs = 60_000;

const systemd = takeSystemdNotify(process.env);
const printsToJournal = isJournal(process.env, process.stdout.fd);
/** To the unit: a restart does not cure it. */
const incurableExit = 78;
const incurable: ReadonlySet<string> = new Set(['socket-path-too-long', 'state-damaged']);

async function main(): Promise<void> {
  if (process.argv[2] === 'setup') return await setUp(process.argv.slice(3));
  const words = readDaemonWords(process.argv.slice(2));
  if (words.help) return console.log(daemonHelp);
  const places = findPlaces(process.env);
  try {
    if (words.removeDemo) await removeOldDemo(places);
    else await run(places, words);
  } catch (error) {
    throw ownFolderFailure(error, places.state) ?? error;
  }
}

async function run(places: Places, { demo, postgres }: DaemonWords): Promise<void> {
  using _lock = lockState(places);
  const { promise: stopped, resolve: stop } = Promise.withResolvers<string>();
  // A hang-up of the terminal it was started from is no reason to end.
  process.on('SIGHUP', () => undefined);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(signal));
  // Whoever reads this output may go; that is no reason to end either.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  using unit = tellSystemd(systemd, (error) =>
    print(lineNow('error', `systemd could not be told: ${failureOf(error).params['cause']}`)),
  );
  const starting = new AbortController();
  void stopped.then(() => starting.abort());
  try {
    if (demo) await prepareDemo(places, postgres, starting.signal);
    const requestStop = (): void => stop('request');
    await using daemon = await openDaemon({
      places,
      output: print,
      requestStop,
      onWork: unit.progressed,
      machine: readMachine(process.env, places.state),
      signal: starting.signal,
      openDoor: async (opened) => await listen(opened, { path: places.socket, role: 'admin' }),
    });
    await serve(daemon, unit, stopped);
  } catch (error) {
    // Asked to stop before it was up: that was done.
    if (!starting.signal.aborted || failureOf(error).code !== 'cancelled') throw error;
  }
}

/** Installs or removes Kedge itself, and that is all; loaded only then. */
async function setUp(words: readonly string[]): Promise<void> {
  const { runSetup } = await import('./setup/install/setup-command.ts');
  process.exitCode = await runSetup(words);
}

async function serve(daemon: Daemon, unit: UnitVoice, stopped: Promise<string>): Promise<void> {
  await using _doors = offerDoors(daemon);
  daemon.log.write('info', `Kedge is ready at ${daemon.places.socket} (process ${process.pid})`);
  await unit.ready(() => daemon.jobs.writing()?.title ?? 'ready');
  const why = await stopped;
  daemon.log.write('info', `stopping (${why})`);
  void unit.stopping();
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

async function prepareDemo(places: Places, postgres: boolean, signal: AbortSignal): Promise<void> {
  await createDemo(places.home, {
    signal,
    postgres,
    onProgress: (fraction: number, text: string) =>
      console.log(`demo ${Math.round(fraction * 100)} % ${text}`),
  });
}

function print(line: LogLine): void {
  const job = line.job === undefined ? '' : `[job ${line.job}] `;
  if (printsToJournal) console.log(journalText(line.level, `${job}${line.text}`));
  else console.log(`${new Date(line.atMs).toISOString()} ${line.level} ${job}${line.text}`);
}

function lineNow(level: LogLine['level'], text: string): LogLine {
  return { atMs: Date.now(), level, text };
}

function exitWith(failure: Failure): void {
  const { message, hint } = wordFailure(failure);
  const text = `kedge: ${message}${hint === undefined ? '' : `\n${hint}`}`;
  console.error(isJournal(process.env, process.stderr.fd) ? journalText('error', text) : text);
  const forGood = systemd !== undefined && incurable.has(failure.code);
  process.exitCode = forGood ? incurableExit : exitCodeOf(failure);
}

try {
  await main();
} catch (error) {
  exitWith(failureOf(error));
}
