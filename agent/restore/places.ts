import { dirname, join } from 'node:path';
import { exists } from '../os/files.ts';

/** The folders of one job beside the live data: staging and undo must lie on the same file system as it. */
export interface Places {
  readonly all: readonly string[];
  of(parent: string): string;
}

/** Names that are free now: a folder of that name may hold the undo of an earlier installation's job. */
export async function choosePlaces(livePaths: readonly string[], job: number): Promise<Places> {
  const byParent = new Map<string, string>();
  for (const parent of new Set(livePaths.map((path) => dirname(path)))) {
    byParent.set(parent, await freeName(join(parent, `.kedge-${job}`)));
  }
  return {
    all: [...byParent.values()],
    of: (parent) => {
      const place = byParent.get(parent);
      if (place === undefined) throw new Error(`no place was chosen in "${parent}"`);
      return place;
    },
  };
}

async function freeName(wanted: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? wanted : `${wanted}-${n}`;
    if (!(await exists(name))) return name;
  }
}
