import { once } from 'node:events';
import { processesWith } from '../os/process-session.ts';
import { instanceMark } from '../services/process/service-environment.ts';

/** SIGKILL needs no longer, unless a process hangs in the kernel. */
const deadlineMs = 5_000;

/** Kills all that a drill started, also what has left its process group. False: some are still there. */
export async function endMarked(drill: string): Promise<boolean> {
  const mark = instanceMark(drill);
  const deadline = AbortSignal.timeout(deadlineMs);
  for (;;) {
    const pids = processesWith(mark);
    if (pids.length === 0) return true;
    for (const pid of pids) kill(pid, 'SIGKILL');
    if (deadline.aborted) return false;
    // The kernel tells nobody but the parent that a process ended.
    await once(AbortSignal.timeout(20), 'abort');
  }
}

/** A negative number is a process group. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // Gone since it was looked up: that is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
