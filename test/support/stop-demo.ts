import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const kedge = fileURLToPath(new URL('../../tui/kedge', import.meta.url));

/** A journey that fails halfway must not leave its demo running. */
export function demoStoppedAtLast(home: string): AsyncDisposable {
  const stop = async (): Promise<void> => {
    const env = { ...process.env, KEDGE_DEMO_HOME: home };
    const child = spawn('sh', [kedge, 'demo', 'stop'], { env, stdio: 'ignore' });
    await once(child, 'exit');
  };
  return { [Symbol.asyncDispose]: stop };
}
