import { spawn } from 'node:child_process';
import { errorCode } from '../error-code.ts';

/** How a tool that was given its input on stdin ended. */
export type ToolEnd =
  | {
      readonly kind: 'ended';
      readonly code: number;
      readonly output: Buffer;
      readonly errors: string;
    }
  /** It printed more than is taken. */
  | { readonly kind: 'too-much' }
  /** Why, behind its name: "is not installed". */
  | { readonly kind: 'unusable'; readonly why: string };

const timeoutMs = 120_000;
/** Some file systems give an error for each of 4,096 paths. */
const errorLimit = 8 << 20;
/** What xargs answers for a command that was killed, that it can't run, that it does not find. */
const ends: Readonly<Record<number, string>> = {
  125: 'was ended by a signal',
  126: 'cannot be run',
  127: 'is not installed',
};

/** Runs argv without a shell, in words of the C locale. At its deadline, or when cancelled, it is killed. */
export async function runTool(
  argv: readonly string[],
  input: Buffer,
  outputLimit: number,
  signal: AbortSignal,
): Promise<ToolEnd> {
  const [command = '', ...args] = argv;
  const deadline = AbortSignal.timeout(timeoutMs);
  const ended = Promise.withResolvers<number | string>();
  // A group of its own, so that what xargs starts ends with it.
  const child = spawn(command, args, {
    detached: true,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  const output = collect(child.stdout, outputLimit, () => killGroup(child.pid));
  const errors = collect(child.stderr, errorLimit, () => killGroup(child.pid));
  child.on('error', (error) => ended.resolve(startProblem(error)));
  child.on('close', (code) => ended.resolve(code ?? 'was ended by a signal'));
  // It may end without taking all of its input.
  child.stdin.on('error', () => undefined).end(input);
  const stop = AbortSignal.any([signal, deadline]);
  const kill = (): void => killGroup(child.pid);
  stop.addEventListener('abort', kill, { once: true });
  if (stop.aborted) kill();
  const code = await ended.promise.finally(() => stop.removeEventListener('abort', kill));
  signal.throwIfAborted();
  if (deadline.aborted) return { kind: 'unusable', why: 'does not answer' };
  if (output.tooMuch || errors.tooMuch) return { kind: 'too-much' };
  if (typeof code === 'string') return { kind: 'unusable', why: code };
  const why = ends[code];
  if (why !== undefined) return { kind: 'unusable', why };
  const text = Buffer.concat(errors.parts).toString('latin1');
  return { kind: 'ended', code, output: Buffer.concat(output.parts), errors: text };
}

function startProblem(error: unknown): string {
  const code = errorCode(error);
  return code === 'ENOENT' ? 'is not installed' : `cannot be started (${code})`;
}

interface Collected {
  readonly parts: Buffer[];
  tooMuch: boolean;
}

function collect(stream: NodeJS.ReadableStream, limit: number, onTooMuch: () => void): Collected {
  const collected: Collected = { parts: [], tooMuch: false };
  let bytes = 0;
  stream.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes <= limit) collected.parts.push(part);
    else if (!collected.tooMuch) {
      collected.tooMuch = true;
      onTooMuch();
    }
  });
  return collected;
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in the same moment.
  }
}
