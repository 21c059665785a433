import { createInterface } from 'node:readline/promises';
import { KedgeError } from '../../protocol/failures.ts';
import { runProgram } from '../host/run-program.ts';
import { createSecretAsker } from './secret-asker.ts';
import type { Terminal } from './terminal.ts';

/** The terminal, or the pipes, of this process. */
export function processTerminal(openWorkbench: Terminal['openWorkbench']): Terminal {
  const listeners: (() => void)[] = [];
  const onSignal = (): void => listeners.at(-1)?.();
  process.on('SIGINT', onSignal);
  // "kedge backup list | head -1" closes the pipe early: no fault, nothing more to say.
  process.stdout.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  return {
    env: process.env,
    stdinIsTty: process.stdin.isTTY === true,
    stdoutIsTty: process.stdout.isTTY === true,
    stderrIsTty: process.stderr.isTTY === true,
    columns: () => process.stderr.columns ?? 80,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    ask,
    askSecret: createSecretAsker(),
    onInterrupt(listener) {
      listeners.push(listener);
      return { [Symbol.dispose]: () => listeners.splice(listeners.indexOf(listener), 1) };
    },
    runProgram,
    openWorkbench,
  };
}

async function ask(question: string, signal: AbortSignal): Promise<string | undefined> {
  if (process.stdin.isTTY !== true) return undefined;
  using lines = createInterface({ input: process.stdin, output: process.stderr });
  const { promise: left, resolve, reject } = Promise.withResolvers<undefined>();
  lines.once('SIGINT', () => reject(new KedgeError('cancelled')));
  lines.once('close', () => resolve(undefined));
  return await Promise.race([lines.question(question, { signal }), left]);
}
