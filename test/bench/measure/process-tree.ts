import { readdirSync, readFileSync } from 'node:fs';

const mebibyte = 1024 * 1024;
/** Of /proc/PID/stat; 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** The processes that a process started, and theirs. What is gone meanwhile is left out. */
export function descendantsOf(pid: number): readonly number[] {
  const children = childrenOf(pid);
  return [...children, ...children.flatMap(descendantsOf)];
}

function childrenOf(pid: number): readonly number[] {
  return namesIn(`/proc/${pid}/task`)
    .flatMap((task) => read(`/proc/${pid}/task/${task}/children`).trim().split(' '))
    .filter(Boolean)
    .map(Number);
}

/** Resident memory now, MiB. */
export function memoryOf(pid: number): number {
  return statusField(pid, 'VmRSS');
}

/** Resident memory at its highest so far, MiB. */
export function peakMemoryOf(pid: number): number {
  return statusField(pid, 'VmHWM');
}

/** Seconds of processor time, those of ended children included. */
export function processorSecondsOf(pid: number): number {
  return sumOfFields(pid, 11, 15);
}

/** Seconds of processor time of the children that have ended, and of theirs. */
export function endedChildrenSecondsOf(pid: number): number {
  return sumOfFields(pid, 13, 15);
}

/** utime, stime, cutime and cstime are 11 to 14, counted behind the program's name. */
function sumOfFields(pid: number, from: number, to: number): number {
  // The name stands in brackets and may hold spaces.
  const fields = read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  return fields.slice(from, to).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond;
}

function statusField(pid: number, name: string): number {
  const [, kibibytes = '0'] =
    new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(read(`/proc/${pid}/status`)) ?? [];
  return (Number(kibibytes) * 1024) / mebibyte;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
