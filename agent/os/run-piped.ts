import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { type Capability, withoutCapabilities } from './capabilities.ts';
import { endingWithUs } from './ending-with-us.ts';
import { errorMessage } from './error-code.ts';
import { type CommandEnd, exitProblem, killGroup, passedEnvironment } from './run-command.ts';

export interface PipedOrder {
  readonly argv: readonly string[];
  /** Beside what programs need to run. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What it reads, asked for as it has room; absent: nothing. */
  readonly input?: AsyncIterable<Uint8Array>;
  /** Takes what it prints, while it waits; absent: only the end of that is told. */
  readonly onOutput?: (bytes: Buffer) => Promise<void>;
  /** Of what it says at its end; absent: one. */
  readonly lines?: number;
  /** Of Kedge's capabilities, those without which it can't do what it is there for. */
  readonly keeps?: readonly Capability[];
}

const keptBytes = 4096;

/**
 * Runs argv without a shell and without a deadline, with as much to read and to print as there is. When cancelled, or
 * when what it reads or prints fails, it is killed with all it started, and that is thrown. It ends with this process,
 * also when that is killed.
 */
export async function runPiped(
  { argv, environment, input, onOutput, lines = 1, keeps }: PipedOrder,
  signal: AbortSignal,
): Promise<CommandEnd> {
  const [command = '', ...args] = withoutCapabilities(endingWithUs(argv), keeps);
  const child = spawn(command, args, {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...passedEnvironment(), ...environment },
  });
  const failed = new AbortController();
  const kill = (): void => killGroup(child.pid);
  const stop = AbortSignal.any([signal, failed.signal]);
  stop.addEventListener('abort', kill, { once: true });
  if (stop.aborted) kill();
  const fail = (error: unknown): void => failed.abort(error);
  const said = lastOf(child, onOutput === undefined);
  const [problem] = await Promise.all([
    endOf(child),
    feed(child, input).catch(fail),
    take(child, onOutput).catch(fail),
  ]);
  stop.removeEventListener('abort', kill);
  stop.throwIfAborted();
  const output = said().trimEnd().split('\n').slice(-lines).join('\n');
  return problem === undefined ? { output } : { problem, output };
}

async function endOf(child: ChildProcessWithoutNullStreams): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  child.on('error', (error) => resolve(errorMessage(error)));
  child.on('close', (code, name) => resolve(exitProblem(code, name)));
  return await promise;
}

function lastOf(child: ChildProcessWithoutNullStreams, withOutput: boolean): () => string {
  let said = '';
  const keep = (text: string): void => {
    said = (said + text).slice(-keptBytes);
  };
  child.stderr.setEncoding('utf8').on('data', keep);
  if (withOutput) child.stdout.setEncoding('utf8').on('data', keep);
  return () => said;
}

async function feed(
  { stdin }: ChildProcessWithoutNullStreams,
  input: AsyncIterable<Uint8Array> | undefined,
): Promise<void> {
  // One that ends without reading closes it: its own words say why.
  stdin.on('error', () => undefined);
  for await (const bytes of input ?? []) {
    if (stdin.destroyed) return;
    // Gone before the next are asked for: they may come in the same memory.
    await new Promise<void>((resolve) => stdin.write(bytes, () => resolve()));
  }
  stdin.end();
}

async function take(
  { stdout }: ChildProcessWithoutNullStreams,
  onOutput: PipedOrder['onOutput'],
): Promise<void> {
  if (onOutput === undefined) return;
  for await (const bytes of stdout) await onOutput(bytes);
}
