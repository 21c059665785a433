import { dirname } from 'node:path';
import type { FoundPath } from './found-path.ts';
import { isDropIn } from './install-places.ts';
import type { ReasonedStep } from './install-step.ts';

type Disk = ReadonlyMap<string, FoundPath>;

/** What Kedge wrote goes; what somebody changed since is kept under another name, so that it is in force no more. */
export function removals(
  files: readonly (readonly [path: string, print: string])[],
  disk: Disk,
  reason: string,
): readonly ReasonedStep[] {
  return files.flatMap(([path, print]) => {
    const found = disk.get(path);
    if (found === undefined || found.kind === 'absent') return [];
    const own = 'print' in found && found.print === print;
    const remove: ReasonedStep = own
      ? { step: { kind: 'remove', path }, reason }
      : {
          step: { kind: 'remove', path, keptAs: freeName(path, disk) },
          reason: `${reason}; it was changed by somebody`,
        };
    const folder: ReasonedStep[] = isDropIn(path)
      ? [{ step: { kind: 'remove-empty', path: dirname(path) }, reason: 'it held that alone' }]
      : [];
    return [remove, ...folder];
  });
}

/** Names that systemd and polkit do not read: neither looks at another ending. */
export function freeName(path: string, disk: Disk): string {
  for (let number = 1; ; number += 1) {
    const name = `${path}.kedge-old${number === 1 ? '' : `-${number}`}`;
    if ((disk.get(name)?.kind ?? 'absent') === 'absent') return name;
  }
}

/** So many are looked for. */
const oldNames = 20;

export function namesToLookAt(path: string): readonly string[] {
  const numbers = Array.from({ length: oldNames }, (_, at) => at + 1);
  return [path, ...numbers.map((number) => `${path}.kedge-old${number === 1 ? '' : `-${number}`}`)];
}
