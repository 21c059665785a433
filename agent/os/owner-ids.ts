import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Ids of users and groups by their names, as the system has them now. Undefined: there is none. */
export interface OwnerIds {
  user(name: string): { readonly uid: number; readonly gid: number } | undefined;
  group(name: string): number | undefined;
}

export function readOwnerIds(): OwnerIds {
  const users = finder('/etc/passwd', 'passwd');
  const groups = finder('/etc/group', 'group');
  return {
    user: (name) => {
      const [uid, gid] = users(name) ?? [];
      return uid === undefined || gid === undefined ? undefined : { uid, gid };
    },
    group: (name) => groups(name)?.[0],
  };
}

/** Names come from archives: nothing else is looked for, nor given to a program. */
const namePattern = /^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}\$?$/;
/** A directory service that does not answer. */
const timeoutMs = 2000;

type Find = (name: string) => readonly number[] | undefined;

/** The third and the fourth field of the line of a name: of a user its uid and its group, of a group its gid. */
function finder(path: string, database: string): Find {
  const known = new Map<string, readonly number[] | undefined>();
  for (const line of linesOf(path)) take(known, line);
  return (name) => {
    if (!namePattern.test(name)) return undefined;
    if (!known.has(name)) {
      known.set(name, undefined);
      for (const line of ask(database, name)) take(known, line);
    }
    return known.get(name);
  };
}

function take(known: Map<string, readonly number[] | undefined>, line: string): void {
  const [name, , first, second] = line.split(':');
  if (!name || !first || !/^\d+$/.test(first) || known.get(name) !== undefined) return;
  known.set(name, [Number(first), ...(/^\d+$/.test(second ?? '') ? [Number(second)] : [])]);
}

function ask(database: string, name: string): readonly string[] {
  const { error, stdout } = spawnSync('getent', [database, '--', name], {
    encoding: 'utf8',
    timeout: timeoutMs,
  });
  return error === undefined ? stdout.split('\n') : [];
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    // A container may have neither file.
    return [];
  }
}
