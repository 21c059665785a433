import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { KedgeError } from '../../../protocol/failures.ts';
import { withoutCapabilities } from '../../os/capabilities.ts';
import { beforeOperation } from '../../os/faults.ts';
import { exists, removeFile } from '../../os/files.ts';
import { openLog } from '../../os/log-file.ts';
import type { ProcessServiceSettings } from '../settings.ts';
import { launchScript } from './launch-script.ts';
import { serviceEnvironment } from './service-environment.ts';
import { startMark } from './service-log.ts';

export interface Launch {
  readonly id: string;
  readonly settings: ProcessServiceSettings;
  readonly recordPath: string;
  readonly logPath: string;
  readonly isGuarded: () => boolean;
}

/** From spawn to the shell's answer: two small files and one mv. */
const handshakeMs = 10_000;

/** Starts the service in a session of its own; its record is on disk before it runs. */
export async function launchService(launch: Launch, signal: AbortSignal): Promise<ChildProcess> {
  await refuseImpossible(launch);
  const child = await spawnShell(launch);
  try {
    await admit(launch, child, signal);
  } catch (error) {
    await abandon(launch, child);
    throw error;
  }
  child.unref();
  return child;
}

async function refuseImpossible({ id, settings, isGuarded }: Launch): Promise<void> {
  if (isGuarded()) throw new KedgeError('service-guarded', { service: id });
  const [program] = settings.command;
  if (program?.startsWith('/') !== true)
    throw startFailed(id, `the command "${program ?? ''}" is not an absolute path`);
  const { folder } = settings;
  if (folder !== undefined && !(await exists(folder)))
    throw startFailed(id, `its folder "${folder}" does not exist`);
}

async function spawnShell({ id, settings, recordPath, logPath }: Launch): Promise<ChildProcess> {
  const startedAtMs = Date.now();
  const instance = randomUUID();
  await using log = await openLog(logPath);
  await log.write(`${startMark} ${new Date(startedAtMs).toISOString()}\n`);
  const names = [recordPath, instance, String(startedAtMs)];
  beforeOperation('start service', recordPath);
  const shell = ['/bin/sh', '-c', launchScript, 'kedge-service', ...names, ...settings.command];
  const [program = '', ...args] = withoutCapabilities(shell);
  const child = spawn(program, args, {
    cwd: settings.folder ?? '/',
    env: serviceEnvironment(process.env, settings.environment ?? {}, instance),
    detached: true,
    stdio: ['ignore', log.fd, log.fd, 'pipe'],
  });
  await once(child, 'spawn').catch((error: Error) => {
    throw startFailed(id, error.message);
  });
  return child;
}

/** Waits until the record is written, asks the guard once more, and lets the service run. */
async function admit(launch: Launch, child: ChildProcess, signal: AbortSignal): Promise<void> {
  const channel = child.stdio[3];
  if (!(channel instanceof Socket))
    throw startFailed(launch.id, 'no channel to the launching shell');
  const answer = await firstOf(child, channel, signal);
  if (answer === 'exit')
    throw startFailed(launch.id, `its record "${launch.recordPath}" could not be written`);
  if (answer === 'timed-out')
    throw startFailed(launch.id, `its shell did not answer in ${handshakeMs / 1000} s`);
  if (launch.isGuarded()) throw new KedgeError('service-guarded', { service: launch.id });
  channel.on('error', () => undefined);
  channel.end('go\n');
  channel.unref();
}

type Answer = 'ready' | 'exit' | 'timed-out';

async function firstOf(child: ChildProcess, channel: Socket, signal: AbortSignal): Promise<Answer> {
  const deadline = AbortSignal.timeout(handshakeMs);
  const done = new AbortController();
  const until = { signal: AbortSignal.any([signal, deadline, done.signal]) };
  try {
    return await Promise.race([
      once(channel, 'data', until).then((): Answer => 'ready'),
      once(child, 'exit', until).then((): Answer => 'exit'),
    ]);
  } catch (error) {
    if (!deadline.aborted || signal.aborted) throw error;
    return 'timed-out';
  } finally {
    done.abort();
  }
}

/** The shell has not become the service: closing its channel would end it too, but not for sure. */
async function abandon(launch: Launch, child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
  await removeFile(launch.recordPath);
}

function startFailed(service: string, why: string): KedgeError {
  return new KedgeError('service-start-failed', { service, why });
}
