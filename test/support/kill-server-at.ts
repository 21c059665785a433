import { setFaultHook } from '../../agent/os/faults.ts';
import { until } from './until.ts';

interface KilledServer {
  pid(): number;
  stop(signal: NodeJS.Signals): Promise<void>;
  start(): Promise<void>;
}

/** The server dies when work on it comes to an operation for the first time, behind another one, and comes up again. */
export async function killServerAt(
  server: KilledServer,
  { step, behind = step }: { readonly step: string; readonly behind?: string | undefined },
  work: () => Promise<unknown>,
): Promise<void> {
  let [isKilled, isPast] = [false, false];
  setFaultHook(({ name }) => {
    isPast ||= name === behind;
    if (name !== step || isKilled || !isPast) return;
    isKilled = true;
    process.kill(server.pid(), 'SIGKILL');
  });
  try {
    const ended = work().catch(() => undefined);
    await until(() => isKilled);
    await server.stop('SIGKILL');
    await server.start();
    await ended;
  } finally {
    setFaultHook(undefined);
  }
}
