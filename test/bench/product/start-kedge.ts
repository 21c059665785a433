import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const startDeadlineMs = 120_000;
const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The command as it is installed; it runs what was built. */
export const launcher = join(root, 'tui', 'kedge');

export interface RunningKedge extends AsyncDisposable {
  readonly pid: number;
  readonly home: string;
  readonly socket: string;
}

export function refuseUnbuilt(): void {
  if (existsSync(join(root, 'dist', 'agent', 'main.js'))) return;
  throw new Error('dist/ is missing: run "npm run build" first');
}

/** Starts the built daemon in `home`; resolves when it listens. */
export async function startKedge(home: string, signal: AbortSignal): Promise<RunningKedge> {
  const child = spawn(launcher, ['daemon'], {
    env: { ...process.env, KEDGE_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await exited;
  };
  const said: string[] = [];
  const ready = Promise.withResolvers<void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(line);
    if (line.includes('Kedge is ready')) ready.resolve();
  });
  void exited.then(() => ready.reject(new Error(`Kedge ended at its start:\n${said.join('\n')}`)));
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(startDeadlineMs)]);
  const giveUp = (): void => ready.reject(deadline.reason);
  deadline.addEventListener('abort', giveUp, { once: true });
  try {
    await ready.promise;
  } catch (error) {
    await stop();
    throw error;
  } finally {
    deadline.removeEventListener('abort', giveUp);
  }
  return {
    pid: child.pid ?? 0,
    home,
    socket: join(home, 'kedge.sock'),
    [Symbol.asyncDispose]: stop,
  };
}
