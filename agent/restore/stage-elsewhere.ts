import { join } from 'node:path';
import { KedgeError } from '../../protocol/failures.ts';
import { exists } from '../os/files.ts';
import { realPathOf } from '../os/real-path.ts';
import type { Places } from './places.ts';
import type { Restorable } from './restorable.ts';

/** Places with a folder that was chosen for what need not be unpacked beside the live data. */
export interface StagingPlaces extends Places {
  readonly staging?: {
    /** Of this job, removed when it ends. */
    readonly place: string;
    /** Names of the sources that are unpacked there. */
    readonly sources: ReadonlySet<string>;
  };
}

/** Only a database whose pages are copied may lie elsewhere: all else is renamed, within one file system. */
export async function placesElsewhere(
  places: Places,
  folder: string | undefined,
  sources: readonly Restorable[],
  job: number,
): Promise<StagingPlaces> {
  if (folder === undefined) return places;
  const place = join(await realPathOf(folder), `.kedge-${job}-staging`);
  if (await exists(place)) {
    throw new KedgeError('restore-refused', { why: `"${place}" is there already` });
  }
  return {
    all: [...places.all, place],
    of: places.of,
    staging: { place, sources: await movableSources(sources) },
  };
}

async function movableSources(sources: readonly Restorable[]): Promise<ReadonlySet<string>> {
  const movable = new Set<string>();
  for (const { name, restore, archived } of sources) {
    const needs = await restore.space(archived);
    if (needs.some((need) => need.movable === true)) movable.add(name);
  }
  return movable;
}
