import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Names of users and groups by their ids, as the system has them now. */
export interface OwnerNames {
  readonly users: NamesById;
  readonly groups: NamesById;
}

export interface NamesById {
  get(id: number): string | undefined;
}

export function readOwnerNames(): OwnerNames {
  return {
    users: namesOf('/etc/passwd', 'passwd'),
    groups: namesOf('/etc/group', 'group'),
  };
}

/** A call takes 3 ms; a directory service that does not answer is not asked again. */
const askedAtMost = 256;
const timeoutMs = 2000;

/** Those of the file, and by getent those that a directory service has. */
function namesOf(path: string, database: string): NamesById {
  const names: Map<number, string | undefined> = new Map(namesIn(linesOf(path)));
  let asked = 0;
  return {
    get(id) {
      if (!names.has(id) && asked < askedAtMost) {
        asked += 1;
        const lines = ask(database, id);
        if (lines === undefined) asked = askedAtMost;
        names.set(id, namesIn(lines ?? []).get(id));
      }
      return names.get(id);
    },
  };
}

/** Undefined: it can't be asked. */
function ask(database: string, id: number): readonly string[] | undefined {
  const { error, stdout } = spawnSync('getent', [database, String(id)], {
    encoding: 'utf8',
    timeout: timeoutMs,
  });
  return error === undefined ? stdout.split('\n') : undefined;
}

/** Both databases have the name in the first field and the id in the third; the first line of an id counts. */
function namesIn(lines: readonly string[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of lines) {
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
