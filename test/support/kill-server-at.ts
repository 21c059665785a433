import { readFileSync } from 'node:fs';
import { setFaultHook } from '../../agent/os/faults.ts';
import { until } from './until.ts';

interface KilledServer {
  pid(): number;
  stop(signal: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
}

const deadlineMs = 10_000;

/** Only the dead has let go of what its other processes wait on: until then they go on working, on a busy machine for long. */
function killWhole(pid: number): void {
  process.kill(pid, 'SIGKILL');
  for (const started = performance.now(); isAlive(pid); ) {
    if (performance.now() - started > deadlineMs) throw new Error(`process ${pid} does not die`);
  }
}

/** A zombie has closed all its files. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\t[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/**
 * The server dies when work on it comes to an operation for the first time, behind another one, and comes up again.
 * Whether the work went through all the same: it may look only once the server is up.
 */
export async function killServerAt(
  server: KilledServer,
  { step, behind = step }: { readonly step: string; readonly behind?: string | undefined },
  work: () => Promise<unknown>,
): Promise<boolean> {
  let [isKilled, isPast] = [false, false];
  setFaultHook(({ name }) => {
    isPast ||= name === behind;
    if (name !== step || isKilled || !isPast) return;
    isKilled = true;
    killWhole(server.pid());
  });
  try {
    const ended = work().then(
      () => true,
      () => false,
    );
    await until(() => isKilled);
    await server.stop('SIGKILL');
    await server.start();
    return await ended;
  } finally {
    setFaultHook(undefined);
  }
}
