import { readFileSync } from 'node:fs';

/** Names of users and groups by their ids, as /etc/passwd and /etc/group have them now. */
export interface OwnerNames {
  readonly users: ReadonlyMap<number, string>;
  readonly groups: ReadonlyMap<number, string>;
}

export function readOwnerNames(): OwnerNames {
  return { users: namesIn('/etc/passwd'), groups: namesIn('/etc/group') };
}

/** Both files have the name in the first field and the id in the third; the first line of an id counts. */
function namesIn(path: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of linesOf(path)) {
    const [name, , id] = line.split(':');
    if (name && id && /^\d+$/.test(id) && !names.has(Number(id))) names.set(Number(id), name);
  }
  return names;
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    // A container may have neither file; owners then go by number alone.
    return [];
  }
}
