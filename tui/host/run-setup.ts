import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { InstallEvent, type InstallOrder } from '../../protocol/domain/install.ts';
import { kedgeProgram } from './kedge-program.ts';

/** The daemon's program, which has an order: it plans first, and waits. */
export interface Setup extends AsyncDisposable {
  /** Undefined: it has ended. */
  readonly next: () => Promise<InstallEvent | undefined>;
  /** Has it do what it has planned. */
  apply(): void;
}

/** Cancelled it is asked to end; disposal waits for that, as what it has begun it takes back first. */
export function startSetup(order: InstallOrder, signal: AbortSignal): Setup {
  const child = spawn(kedgeProgram(), ['daemon', 'setup', JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: '/',
  });
  const ended = once(child, 'exit');
  // It may end before it reads anything.
  child.stdin.on('error', () => undefined);
  const stop = (): void => void child.kill('SIGINT');
  signal.addEventListener('abort', stop, { once: true });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async next() {
      const line = await lines.next();
      return line.done === true ? undefined : InstallEvent.parse(JSON.parse(line.value));
    },
    apply: () => child.stdin.end('apply\n'),
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
      signal.removeEventListener('abort', stop);
    },
  };
}
