import { spawn } from 'node:child_process';
import { withoutCapabilities } from './capabilities.ts';
import { errorMessage } from './error-code.ts';

/** How a command ended; `problem` absent: with exit code 0. `output`: the last lines it printed. */
export interface CommandEnd {
  readonly problem?: string;
  readonly output: string;
}

const keptBytes = 4096;
const passedOn = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TZ', 'USER'];

/** Runs argv without a shell. At the deadline, or when cancelled, it is killed with all it started. */
export async function runCommand(
  argv: readonly string[],
  timeoutMs: number,
  signal: AbortSignal,
): Promise<CommandEnd> {
  return await runCommandWith({ argv, timeoutMs }, signal);
}

export interface CommandOrder {
  readonly argv: readonly string[];
  readonly timeoutMs: number;
  /** What it reads from its standard input; absent: nothing. */
  readonly input?: string;
  /** Beside what programs need to run; no NUL in it. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Of its output that is told, at the end; absent: one. */
  readonly lines?: number;
}

/** The same, with something to read. */
export async function runCommandWith(
  { argv, timeoutMs, input, environment, lines = 1 }: CommandOrder,
  signal: AbortSignal,
): Promise<CommandEnd> {
  const [command = '', ...args] = withoutCapabilities(argv);
  const deadline = AbortSignal.timeout(timeoutMs);
  const ended = Promise.withResolvers<string | undefined>();
  const child = spawn(command, args, {
    // A process group of its own, so that what it starts can be ended with it.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...passedEnvironment(), ...environment },
  });
  // One that reads nothing closes it: that is its own business.
  child.stdin.on('error', () => undefined).end(input);
  let output = '';
  const keep = (text: string): void => {
    output = (output + text).slice(-keptBytes);
  };
  child.stdout.setEncoding('utf8').on('data', keep);
  child.stderr.setEncoding('utf8').on('data', keep);
  child.on('error', (error) => ended.resolve(errorMessage(error)));
  // Not 'close': a daemon that a hook leaves behind keeps the pipes open.
  child.on('exit', (code, name) => ended.resolve(exitProblem(code, name)));
  const stop = AbortSignal.any([signal, deadline]);
  const kill = (): void => killGroup(child.pid);
  stop.addEventListener('abort', kill, { once: true });
  if (stop.aborted) kill();
  const problem = await ended.promise;
  stop.removeEventListener('abort', kill);
  child.stdin.destroy();
  child.stdout.destroy();
  child.stderr.destroy();
  signal.throwIfAborted();
  const last = output.trimEnd().split('\n').slice(-lines).join('\n');
  if (deadline.aborted) {
    return { problem: `it did not end within ${timeoutMs / 1000} s`, output: last };
  }
  return problem === undefined ? { output: last } : { problem, output: last };
}

export function exitProblem(code: number | null, signal: string | null): string | undefined {
  if (code === 0) return undefined;
  return code === null ? `it was ended by ${signal}` : `it ended with exit code ${code}`;
}

export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the same moment.
  }
}

/** Only what programs need to run: secrets of Kedge's own environment are none of a hook's business. */
export function passedEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(passedOn.map((name) => [name, process.env[name]]));
}
