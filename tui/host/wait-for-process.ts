import { setInterval } from 'node:timers/promises';

/** Whether a process lives; one of another user counts. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Waits until none of the processes lives; the signal ends the wait by its reason. */
export async function waitForEnd(pids: readonly number[], signal: AbortSignal): Promise<void> {
  if (!pids.some(isAlive)) return;
  for await (const _ of setInterval(25, undefined, { signal })) if (!pids.some(isAlive)) return;
}
