import { type ProcessTable, readProcesses, usageOf } from '../os/process-usage.ts';
import type { ManagerContext, ManagerStatus, Usage } from './manager.ts';

/** Services are looked at on the same beat: one reading of all processes does for all of them. */
const freshMs = 1000;

/** What processes take, from one reading of all of them a second at most. */
export class UsageBoard {
  #beganMs = Number.NEGATIVE_INFINITY;
  #table: Promise<ProcessTable> = Promise.resolve(new Map());

  async of(pid: number): Promise<Usage | undefined> {
    const nowMs = performance.now();
    if (nowMs - this.#beganMs > freshMs) {
      this.#beganMs = nowMs;
      this.#table = readProcesses();
    }
    return usageOf(pid, await this.#table);
  }
}

/** One for all services of this daemon. */
const sharedBoard = new UsageBoard();

type Running = Extract<ManagerStatus, { kind: 'running' }>;

/** A service with what its process and all that came from it take, where somebody watches. */
export async function withUsage(
  status: Running,
  { isWatched }: Pick<ManagerContext, 'isWatched'>,
): Promise<Running> {
  if (status.pid === undefined || isWatched?.() !== true) return status;
  const usage = await sharedBoard.of(status.pid);
  return usage === undefined ? status : { ...status, usage };
}
