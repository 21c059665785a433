import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ownFolderFailure } from '../../protocol/own-folder.ts';
import { kedgeProgram } from './kedge-program.ts';
import type { Place } from './places.ts';

/** A daemon that was started detached; it outlives this program and its terminal. */
export interface StartedKedge {
  readonly pid: number;
  readonly logPath: string;
  readonly stateFolder: string;
  /** Resolves when it ended: too early, as long as somebody waits for its socket. */
  readonly ended: Promise<{ readonly exitCode: number | null }>;
  /** Complete lines that it wrote since the last call. */
  newLines(): readonly string[];
  /** What it said, in the lines up to now, of why it ends; empty: nothing. */
  complaint(): string;
  /** Asks it to end. */
  stop(): void;
  /** Lets this program end while the daemon lives. */
  release(): void;
}

/** The log is kept from start to start; a larger one makes room. */
const logLimitBytes = 4 * 1024 * 1024;

/** Begins the line in which a program of Kedge says why it ends; a hint may follow it. */
const complaintBegins = 'kedge: ';

export interface StartOptions {
  readonly place: Place;
  /** For KEDGE_HOME; undefined: as the environment has it. */
  readonly home?: string | undefined;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Another launcher than this installation's. */
  readonly program?: string | undefined;
}

/** Starts `kedge daemon` with its output in `<state>/daemon.log`. */
export function startKedge(options: StartOptions): StartedKedge {
  const { place, home, args, program = kedgeProgram() } = options;
  const logPath = join(place.state, 'daemon.log');
  const log = openLog(logPath, place);
  const read = openSync(logPath, 'r');
  let offset = statSync(logPath).size;
  let rest = '';
  let complaint = '';
  const child = spawn(program, ['daemon', ...args], {
    detached: true,
    stdio: ['ignore', log, log],
    env: home === undefined ? options.env : { ...options.env, KEDGE_HOME: home },
    cwd: '/',
  });
  closeSync(log);
  const ended = Promise.withResolvers<{ exitCode: number | null }>();
  child.on('exit', (exitCode) => ended.resolve({ exitCode }));
  child.on('error', () => ended.resolve({ exitCode: null }));
  return {
    pid: child.pid ?? 0,
    logPath,
    stateFolder: place.state,
    ended: ended.promise,
    newLines() {
      const bytes = Buffer.alloc(64 * 1024);
      const length = readSync(read, bytes, 0, bytes.length, offset);
      offset += length;
      const lines = (rest + bytes.toString('utf8', 0, length)).split('\n');
      rest = lines.pop() ?? '';
      const said = lines.findLast((line) => line.startsWith(complaintBegins));
      if (said !== undefined) complaint = said.slice(complaintBegins.length);
      return lines;
    },
    complaint: () => complaint,
    stop: () => child.kill('SIGTERM'),
    release() {
      closeSync(read);
      child.unref();
    },
  };
}

/** Runs `kedge daemon` with words that end at once, such as --remove-demo; its first line says what went wrong. */
export async function runKedge(
  args: readonly string[],
  home: string,
  env: NodeJS.ProcessEnv,
): Promise<{ readonly exitCode: number | null; readonly firstLine: string }> {
  const child = spawn(kedgeProgram(), ['daemon', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...env, KEDGE_HOME: home },
    cwd: '/',
  });
  const [written, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { exitCode, firstLine: written.trim().split('\n').at(0) ?? '' };
}

function openLog(path: string, { state }: Place): number {
  try {
    mkdirSync(state, { recursive: true, mode: 0o700 });
    rotate(path);
    return openSync(path, 'a', 0o600);
  } catch (error) {
    throw ownFolderFailure(error, state) ?? error;
  }
}

function rotate(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > logLimitBytes) renameSync(path, `${path}.1`);
}
