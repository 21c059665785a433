import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** As shells answer: the status; 128 + n after signal n; 127 not found; 126 found, and can't be run. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  const [program = '', ...args] = argv;
  const { promise, resolve } = Promise.withResolvers<number>();
  const child = spawn(program, args, { stdio: 'inherit' });
  child.once('error', (error) => {
    process.stderr.write(`kedge: ${error.message}\n`);
    resolve('code' in error && error.code === 'ENOENT' ? 127 : 126);
  });
  child.once('exit', (code, signal) => resolve(code ?? 128 + numberOf(signal)));
  // Ctrl+C goes to the whole foreground anyway; these are sent to this process alone.
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  for (const signal of passedOn) process.on(signal, passOn);
  return await promise.finally(() => {
    for (const signal of passedOn) process.off(signal, passOn);
  });
}

const passedOn = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const;

function numberOf(signal: NodeJS.Signals | null): number {
  return signal === null ? 0 : constants.signals[signal];
}
