import { readFileSync } from 'node:fs';
import { identifyProcess } from './process-identity.ts';

/** Of the ticks in /proc, on every Linux that Node runs on. Source: proc(5), sysconf(_SC_CLK_TCK). */
const ticksASecond = 100;

/** When a process was started, in ms since 1970; undefined: it is gone. */
export function processStart(pid: number): number | undefined {
  const identity = identifyProcess(pid);
  const [, bootSeconds] = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'utf8')) ?? [];
  if (identity === undefined || bootSeconds === undefined) return undefined;
  return Number(bootSeconds) * 1000 + (Number(identity.startTicks) / ticksASecond) * 1000;
}
