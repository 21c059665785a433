import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { withoutCapabilities } from '../../os/capabilities.ts';
import { descendantsOf } from '../../os/descendants.ts';
import { beforeOperation } from '../../os/faults.ts';
import { exitProblem, killGroup, passedEnvironment } from '../../os/run-command.ts';
import type { FolderUser } from './server-kind.ts';

/** A server of Kedge's own on a folder that is not live. Disposing kills it with all it started. */
export interface PrivateServer extends AsyncDisposable {
  /** How it ended; undefined: it runs. */
  ended(): string | undefined;
  /** Whether it has printed this; false: it ended, or was waited for in vain. */
  says(text: string, signal: AbortSignal): Promise<boolean>;
  /** What it printed last. */
  said(lines: number): string;
  /** Asks it to end in good order; how it ended otherwise than well, or that it did not in time. */
  stop(how: NodeJS.Signals, withinMs: number): Promise<string | undefined>;
}

export interface PrivateServerOrder {
  readonly argv: readonly string[];
  readonly user: FolderUser;
  /** Where it starts, which it must be able to reach. */
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Becomes the server. What stays behind reads from the job, and when that is gone, however it died, kills the whole
 * process group: nothing may run on a folder that recovery is about to remove.
 */
const script = `
{ trap '' TERM INT QUIT HUP; read -r _ <&3; kill -s KILL 0; } >/dev/null 2>&1 &
exec 3<&-
exec "$@"
`;

const keptCharacters = 16_384;

export function startPrivateServer(order: PrivateServerOrder): PrivateServer {
  const { argv, user, folder, environment } = order;
  beforeOperation('start server', folder);
  const [program = '', ...args] = withoutCapabilities([
    '/bin/sh',
    '-c',
    script,
    'kedge-server',
    ...argv,
  ]);
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...passedEnvironment(), ...environment, LC_ALL: 'C' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    ...(process.geteuid?.() === 0 ? user : {}),
  });
  let output = '';
  let end: string | undefined;
  const events = new EventEmitter();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-keptCharacters);
      events.emit('change');
    });
  }
  child.once('error', (error) => {
    end = error.message;
    events.emit('change');
  });
  child.once('exit', (code, signal) => {
    end = exitProblem(code, signal) ?? wellEnded;
    events.emit('change');
  });
  return {
    ended: () => end,
    async says(text, signal) {
      while (!output.includes(text) && end === undefined && !signal.aborted)
        await once(events, 'change', { signal }).catch(() => undefined);
      return output.includes(text) && end === undefined;
    },
    said: (lines) => output.trimEnd().split('\n').slice(-lines).join('\n'),
    stop: async (how, withinMs) => await stop(child, how, withinMs),
    [Symbol.asyncDispose]: async () => await kill(child),
  };
}

const wellEnded = 'it ended with exit code 0';

async function stop(
  child: ChildProcess,
  how: NodeJS.Signals,
  withinMs: number,
): Promise<string | undefined> {
  if (isRunning(child)) {
    const exited = once(child, 'exit', { signal: AbortSignal.timeout(withinMs) });
    child.kill(how);
    const inTime = await exited.then(
      () => true,
      () => false,
    );
    if (!inTime) return `it did not end within ${withinMs / 1000} s`;
  }
  return exitProblem(child.exitCode, child.signalCode);
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = isRunning(child) ? once(child, 'exit') : undefined;
  // Those of PostgreSQL are in groups of their own, and go on with what they read until somebody wants it.
  const below = child.pid === undefined || exited === undefined ? [] : descendantsOf(child.pid);
  killGroup(child.pid);
  for (const pid of below) killOne(pid);
  await exited;
  for (const stream of child.stdio) stream?.destroy();
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended with the others.
  }
}

function isRunning({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}
