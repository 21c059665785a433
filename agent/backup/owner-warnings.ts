import { lstatSync } from 'node:fs';
import { maySetOwner } from '../os/entry-metadata.ts';
import { readOwnerNames } from '../os/owner-names.ts';
import type { Source } from '../sources/source.ts';

/** Of sources that belong to others, where this process could not give back to them what a restore makes. */
export function ownerWarnings(sources: readonly Source[]): readonly string[] {
  if (maySetOwner()) return [];
  const own = process.geteuid?.();
  const names = readOwnerNames();
  return sources.flatMap(({ name, paths }) => {
    const uid = paths.map(ownerOf).find((one) => one !== undefined && one !== own);
    if (uid === undefined) return [];
    const owner = names.users.get(uid) ?? `user ${uid}`;
    return [
      `source "${name}" belongs to ${owner}: after a restore here it would belong to the user that Kedge runs as`,
    ];
  });
}

function ownerOf(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.uid;
}
