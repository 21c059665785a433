import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { InstallEvent, type InstallOrder } from '../../protocol/domain/install.ts';
import { kedgeProgram } from './kedge-program.ts';

/**
 * Has the daemon's program plan or do an order. Cancelled it is asked to end, and waited for: what it has begun it
 * takes back first.
 */
export async function* runSetup(
  order: InstallOrder,
  act: 'plan' | 'apply',
  signal: AbortSignal,
): AsyncIterable<InstallEvent> {
  const child = spawn(kedgeProgram(), ['daemon', 'setup', JSON.stringify(order), act], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
  });
  const ended = once(child, 'exit');
  const stop = (): void => void child.kill('SIGINT');
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const line of createInterface({ input: child.stdout }))
      yield InstallEvent.parse(JSON.parse(line));
    await ended;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
