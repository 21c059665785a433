import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { KedgeError } from '../../../protocol/failures.ts';
import { cliTexts } from '../../texts/english/cli-texts.ts';
import { findProgram } from '../find-program.ts';
import { programStream } from './program-stream.ts';
import { findGreeting } from './relay-greeting.ts';
import type { Server } from './server.ts';
import { shownOptions, sshArguments } from './ssh-command.ts';
import { type SshEnd, sshFailure } from './ssh-failure.ts';

export interface SshOptions {
  readonly server: Server;
  /** ssh may ask on the terminal, which must be free then; what it says goes to stderr meanwhile. */
  readonly questions: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly stderr: (text: string) => void;
}

/** Without questions nothing has to be waited for but the line. */
const quietDeadlineMs = 40_000;
/** A login shell may greet at length. */
const longestNoiseBytes = 256 * 1024;
const keptStderr = 8 * 1024;
/** So long an ssh that was ended is waited for. */
const lastQuestionMs = 2_000;

/** Runs the user's own ssh with the relay at its other end; resolves when that is connected to Kedge. */
export async function openSsh(options: SshOptions, signal: AbortSignal): Promise<Duplex> {
  const { server, questions } = options;
  const ssh = findProgram('ssh', options.environment);
  if (ssh === undefined)
    throw new KedgeError('unavailable', { what: '--server', why: cliTexts.ssh.noSsh });
  const keepAlive = await lacksKeepAlive(ssh, options, signal);
  const words = sshArguments(server, { questions, keepAlive });
  const child = questions ? spawnAsking(ssh, words, options) : spawnApart(ssh, words, options);
  const end = followEnd(child, options);
  const until = questions
    ? signal
    : AbortSignal.any([signal, AbortSignal.timeout(quietDeadlineMs)]);
  try {
    const rest = await greetingOf(child, end.ended, server, until);
    end.hush();
    return programStream(child, rest, async () => {
      const { exitCode, stderr } = await end.ended;
      return exitCode === 0 ? undefined : sshFailure(server, { exitCode, stderr });
    });
  } catch (error) {
    child.kill();
    // It may have taken the echo from the terminal, and gives it back at its end.
    if (questions)
      await Promise.race([end.ended, delay(lastQuestionMs, undefined, { ref: false })]);
    signal.throwIfAborted();
    if (until.aborted) throw sshFailure(server, { exitCode: null, stderr: cliTexts.ssh.noAnswer });
    throw error;
  }
}

/**
 * With the terminal, so that it can ask there. Ctrl+C at the terminal is meant for us: a connection that ended by it
 * could not bring a job to its end.
 */
function spawnAsking(
  ssh: string,
  words: readonly string[],
  { environment }: SshOptions,
): ChildProcessWithoutNullStreams {
  const script = 'trap "" INT; exec "$@"';
  return spawn('/bin/sh', ['-c', script, 'sh', ssh, ...words], { env: environment });
}

/** In a session of its own: without a terminal it can neither ask there nor be stopped from there. */
function spawnApart(
  ssh: string,
  words: readonly string[],
  { environment }: SshOptions,
): ChildProcessWithoutNullStreams {
  return spawn(ssh, words, { env: environment, detached: true });
}

interface FollowedEnd {
  readonly ended: Promise<SshEnd>;
  /** From now on what it says is only kept. */
  hush(): void;
}

const lastWordsMs = 300;

function followEnd(
  child: ChildProcessWithoutNullStreams,
  { questions, stderr }: SshOptions,
): FollowedEnd {
  let said = '';
  let aloud = questions;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-keptStderr);
    if (aloud) stderr(text);
  });
  child.stdin.on('error', () => undefined);
  const ended = Promise.withResolvers<SshEnd>();
  child.on('error', (error) => ended.resolve({ exitCode: null, stderr: error.message }));
  child.on('exit', async (exitCode) => {
    // Its last words may still be in the pipe; a master connection that it left behind never closes that.
    const closed = once(child, 'close');
    await Promise.race([closed, delay(lastWordsMs)]);
    ended.resolve({ exitCode, stderr: said });
  });
  return {
    ended: ended.promise,
    hush() {
      aloud = false;
    },
  };
}

/** Waits for the relay's greeting; answers what came behind it. */
async function greetingOf(
  child: ChildProcessWithoutNullStreams,
  ended: Promise<SshEnd>,
  server: Server,
  signal: AbortSignal,
): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  let come: Buffer = Buffer.alloc(0);
  const onData = (bytes: Buffer): void => {
    come = Buffer.concat([come, bytes]);
    const found = findGreeting(come);
    if (found?.version === 1) resolve(come.subarray(found.end));
    else if (found !== undefined || come.length > longestNoiseBytes)
      reject(new KedgeError('server-unreachable', { server: server.name, cause: noRelay }));
  };
  const onAbort = (): void => reject(signal.reason);
  void ended.then((end) => reject(sshFailure(server, end)));
  child.stdout.on('data', onData);
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    return await promise;
  } finally {
    child.stdout.off('data', onData).pause();
    signal.removeEventListener('abort', onAbort);
  }
}

const noRelay = cliTexts.ssh.noRelay;

/** Whether the user's configuration leaves a dead line unnoticed. */
async function lacksKeepAlive(
  ssh: string,
  { server, environment }: SshOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const child = spawn(ssh, shownOptions(server), {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
    signal,
  });
  let shown = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text;
  });
  await once(child, 'close').catch(() => undefined);
  signal.throwIfAborted();
  return /^serveraliveinterval 0$/m.test(shown);
}
