import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';

const mebibyte = 1024 * 1024;
const ticksPerSecond = 100;

/** What the figures hold for. */
export function describeMachine() {
  return {
    processors: availableParallelism(),
    model: cpus()[0]?.model ?? 'unknown',
    memoryMebibytes: Math.round(totalmem() / mebibyte),
    linux: release(),
    node: process.version,
    at: new Date().toISOString(),
  };
}

export function loadNow(): number {
  return loadavg()[0] ?? Number.NaN;
}

/** Processors at work for somebody else, measured for a second while nothing of ours runs. */
export async function busyProcessors(signal: AbortSignal): Promise<number> {
  const before = busySeconds();
  const startedAt = performance.now();
  await pause(1000, undefined, { signal });
  return (busySeconds() - before) / ((performance.now() - startedAt) / 1000);
}

function busySeconds(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n');
  // user nice system idle iowait irq softirq steal
  const ticks = line.split(/\s+/).slice(1, 9).map(Number);
  const [, , , idle = 0, waiting = 0] = ticks;
  return (ticks.reduce((sum, each) => sum + each, 0) - idle - waiting) / ticksPerSecond;
}
