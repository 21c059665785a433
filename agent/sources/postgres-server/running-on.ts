import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { RunningServer } from '../physical/running-server.ts';

const program = 'postgres';

/** Every process of a server works in its data folder, also those that outlive the first one. */
export async function runningOn(folder: string): Promise<RunningServer | undefined> {
  const data = statSync(folder, { throwIfNoEntry: false });
  if (data === undefined) return undefined;
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/.test(pid) || !isPostgres(pid)) continue;
    const at = folderOf(pid);
    if (at?.ino === data.ino && at.dev === data.dev) return { program, pid: Number(pid) };
  }
  return runningByFile(folder);
}

/** Where Kedge may not look at processes of others, the file in which the first one says who it is. */
function runningByFile(folder: string): RunningServer | undefined {
  let pid: string | undefined;
  try {
    [pid] = readFileSync(`${folder}/postmaster.pid`, 'utf8').split('\n');
  } catch {
    // It is not there, or nothing in this folder is for Kedge: then it can't be exchanged either.
    return undefined;
  }
  return pid !== undefined && isPostgres(pid) && folderOf(pid) === undefined
    ? { program, pid: Number(pid) }
    : undefined;
}

function isPostgres(pid: string): boolean {
  try {
    return /^(postgres|postmaster)/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'));
  } catch {
    return false;
  }
}

/** Undefined: it is gone, or not to be seen. */
function folderOf(pid: string) {
  try {
    return statSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
