import { basename, dirname, join } from 'node:path';
import { exists, removeTree, syncFolder } from '../os/files.ts';
import { removeEmptyFolder } from '../os/make-entries.ts';
import { isMountPoint } from '../os/mount-points.ts';
import { realPathOf } from '../os/real-path.ts';

/** The folders of one job for staging and undo, which must lie on the same file system as the live data. */
export interface Places {
  readonly all: readonly string[];
  of(live: string): string;
}

/** In a mount point, as nothing beside it can be renamed into it. */
const inMount = '.kedge';

/**
 * Beside each live path, or in it where it is a mount point. Names that are free now: a folder of that name may
 * hold the undo of an earlier installation's job.
 */
export async function choosePlaces(livePaths: readonly string[], job: number): Promise<Places> {
  const byWanted = new Map<string, string>();
  const byLive = new Map<string, string>();
  for (const live of livePaths) {
    const isMount = await isMountPoint(live);
    const wanted = isMount
      ? join(live, inMount, String(job))
      : // Two names of one folder are one place: a configured path may lead through a link.
        join(await realPathOf(dirname(live)), `.kedge-${job}`);
    const place = byWanted.get(wanted) ?? (await freeName(wanted));
    byWanted.set(wanted, place);
    byLive.set(live, place);
  }
  return {
    all: [...byWanted.values()],
    of: (live) => {
      const place = byLive.get(live);
      if (place === undefined) throw new Error(`no place was chosen for "${live}"`);
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

/** With the folder in a mount point that holds such places, once it holds none. */
export async function removePlace(place: string): Promise<void> {
  await removeTree(place);
  const parent = dirname(place);
  if (!(await exists(parent))) return;
  await syncFolder(parent);
  if (basename(parent) !== inMount) return;
  await removeEmptyFolder(parent);
  await syncFolder(dirname(parent));
}
