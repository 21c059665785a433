import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { hostname } from 'node:os';

/** The machine that a state folder is used on. */
export interface Machine {
  readonly id: string;
  readonly host: string;
}

/**
 * By `KEDGE_MACHINE_ID_FILE`, else `/etc/machine-id`; where neither says anything (a container, for example), by
 * host name and inode of the state folder. machine-id(5) asks that the id itself is not shown around.
 */
export function readMachine(env: NodeJS.ProcessEnv, stateFolder: string): Machine {
  const host = hostname();
  const text = readId(env['KEDGE_MACHINE_ID_FILE'] ?? '/etc/machine-id');
  const known = text === '' || text === 'uninitialized' ? undefined : text;
  const id = known ?? `${host} ${statSync(stateFolder).ino}`;
  return { host, id: createHash('sha256').update(`kedge ${id}`).digest('hex') };
}

function readId(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    // Whatever keeps it from being read: then it says nothing.
    return '';
  }
}
