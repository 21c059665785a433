import { readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lockHolders } from '../../os/file-locks.ts';
import type { RunningServer } from '../physical/running-server.ts';

/** Each server holds a lock on one of them as long as it runs, whatever its settings. */
const lockedFiles = ['aria_log_control', 'ibdata1'] as const;

const unnamed = 'a server';

/** Undefined: nobody that this machine can see. */
export async function runningOn(folder: string): Promise<RunningServer | undefined> {
  for (const name of lockedFiles) {
    const file = await stat(join(folder, name), { bigint: true }).catch(() => undefined);
    const [pid] = file === undefined ? [] : await lockHolders(file);
    if (pid !== undefined) return pid > 0 ? { program: programOf(pid), pid } : { program: unnamed };
  }
  return undefined;
}

function programOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return unnamed;
  }
}
