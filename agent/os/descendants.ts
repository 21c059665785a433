import { readdirSync, readFileSync } from 'node:fs';

/** Processes that a process has started, and those that they have, also out of its group. Source: proc_pid_stat(5). */
export function descendantsOf(pid: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ child: Number(name), parent: parentOf(name) }));
  const below = new Set<number>();
  for (let found = [pid]; found.length > 0; ) {
    found = parents.filter(({ parent }) => found.includes(parent)).map(({ child }) => child);
    for (const child of found) below.add(child);
  }
  return [...below];
}

/** 0: it is gone. What stands before it is a name, which may hold anything. */
function parentOf(pid: string): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? 0);
  } catch {
    return 0;
  }
}
