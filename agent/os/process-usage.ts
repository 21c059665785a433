import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as breath } from 'node:timers/promises';

/** Bytes of memory and ms of processor time, of a process and all that it started. */
export interface ProcessUsage {
  readonly memoryBytes: number;
  readonly cpuMs: number;
}

interface Seen {
  readonly parent: number;
  readonly session: number;
  readonly cpuTicks: number;
}

export type ProcessTable = ReadonlyMap<number, Seen>;

/** USER_HZ is 100 wherever Linux runs. */
const tickMs = 10;
/** A read takes 30 us: so many at once take 2 ms. */
const readsAtOnce = 64;

/** All processes of the machine. */
export async function readProcesses(): Promise<ProcessTable> {
  const table = new Map<number, Seen>();
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  for (const [index, pid] of pids.entries()) {
    if (index % readsAtOnce === readsAtOnce - 1) await breath();
    const seen = readStat(pid);
    if (seen !== undefined) table.set(Number(pid), seen);
  }
  return table;
}

/**
 * Of a process, of those that came from it, and of the session that it leads. Memory that several of them share is
 * counted once: what each has alone, and the largest of what each shares.
 */
export function usageOf(leader: number, table: ProcessTable): ProcessUsage | undefined {
  if (!table.has(leader)) return undefined;
  const pids = [...table.keys()].filter((pid) => belongsTo(pid, leader, table));
  const memory = pids.map(readMemory);
  const alone = memory.reduce((sum, { aloneBytes }) => sum + aloneBytes, 0);
  const shared = memory.reduce((most, { sharedBytes }) => Math.max(most, sharedBytes), 0);
  const ticks = pids.reduce((sum, pid) => sum + (table.get(pid)?.cpuTicks ?? 0), 0);
  return { memoryBytes: alone + shared, cpuMs: ticks * tickMs };
}

function belongsTo(pid: number, leader: number, table: ProcessTable): boolean {
  if (table.get(pid)?.session === leader) return true;
  const passed = new Set<number>();
  for (let at = pid; at > 1 && !passed.has(at); at = table.get(at)?.parent ?? 0) {
    if (at === leader) return true;
    passed.add(at);
  }
  return false;
}

function readStat(pid: string): Seen | undefined {
  const stat = readProcess(`/proc/${pid}/stat`);
  // Behind the command name in brackets, which may hold blanks and brackets itself: state, parent, group, session.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (stat === '' || fields[0] === 'Z') return undefined;
  // Its own time, and that of its children that have ended and were waited for.
  const cpuTicks = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
  return { parent: Number(fields[1]), session: Number(fields[3]), cpuTicks };
}

function readMemory(pid: number): { readonly aloneBytes: number; readonly sharedBytes: number } {
  const [, resident = 0, shared = 0] = readProcess(`/proc/${pid}/statm`).split(' ').map(Number);
  const page = pageBytes();
  return { aloneBytes: Math.max(0, resident - shared) * page, sharedBytes: shared * page };
}

let page = 0;

/** Of what this process has, in bytes and in pages: the kernel tells the size of a page nowhere else in /proc. */
function pageBytes(): number {
  if (page === 0) {
    const pages = Number(readProcess('/proc/self/statm').split(' ')[1]);
    page = 2 ** Math.round(Math.log2(process.memoryUsage.rss() / pages));
  }
  return page;
}

/** Empty where the process is gone. */
function readProcess(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
