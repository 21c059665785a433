import { readFileSync } from 'node:fs';
import type { RunningKedge } from './kedge.ts';

export type Victim = 'job' | 'Kedge' | 'both';

/** The processes that the daemon has started and not let go of: its jobs. */
export function jobProcesses(daemon: number): readonly number[] {
  return readIfThere(`/proc/${daemon}/task/${daemon}/children`)
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .filter((pid) => readIfThere(`/proc/${pid}/cmdline`).includes('/agent/job.'));
}

/** A child may vanish between two reads. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}

export function strike(victim: Victim, kedge: RunningKedge): void {
  const daemon = kedge.process.pid ?? 0;
  const jobs = jobProcesses(daemon);
  if (victim !== 'job') process.kill(daemon, 'SIGKILL');
  if (victim !== 'Kedge') for (const pid of jobs) process.kill(pid, 'SIGKILL');
}
