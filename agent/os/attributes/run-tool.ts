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
  /** It is not installed. */
  | { readonly kind: 'missing' }
  /** It printed more than is taken. */
  | { readonly kind: 'too-much' }
  | { readonly kind: 'silent' };

const timeoutMs = 120_000;
const errorLimit = 1 << 20;
/** What xargs answers for a command it does not find. */
const notFound = 127;

/** Runs argv without a shell, in words of the C locale. At its deadline, or when cancelled, it is killed. */
export async function runTool(
  argv: readonly string[],
  input: Buffer,
  outputLimit: number,
  signal: AbortSignal,
): Promise<ToolEnd> {
  const [command = '', ...args] = argv;
  const deadline = AbortSignal.timeout(timeoutMs);
  const ended = Promise.withResolvers<number | undefined>();
  // A group of its own, so that what xargs starts ends with it.
  const child = spawn(command, args, {
    detached: true,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  const output = collect(child.stdout, outputLimit, () => killGroup(child.pid));
  const errors = collect(child.stderr, errorLimit, () => killGroup(child.pid));
  child.on('error', (error) =>
    errorCode(error) === 'ENOENT' ? ended.resolve(notFound) : ended.reject(error),
  );
  child.on('close', (code) => ended.resolve(code ?? undefined));
  // It may end without taking all of its input.
  child.stdin.on('error', () => undefined).end(input);
  const stop = AbortSignal.any([signal, deadline]);
  const kill = (): void => killGroup(child.pid);
  stop.addEventListener('abort', kill, { once: true });
  if (stop.aborted) kill();
  const code = await ended.promise.finally(() => stop.removeEventListener('abort', kill));
  signal.throwIfAborted();
  if (deadline.aborted) return { kind: 'silent' };
  if (code === notFound) return { kind: 'missing' };
  if (output.tooMuch || errors.tooMuch) return { kind: 'too-much' };
  const text = Buffer.concat(errors.parts).toString('latin1');
  return { kind: 'ended', code: code ?? -1, output: Buffer.concat(output.parts), errors: text };
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
