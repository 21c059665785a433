import type { SourceMerge } from '../../protocol/domain/restore-order.ts';
import type { Work } from '../os/work.ts';
import type { Chosen } from './modes/choose-parts.ts';
import { spaceNeeds } from './space-needs.ts';

/** Of sources that are merged or brought back in part; not looked at where it is refused anyway. */
export async function lookAtMerges(
  sources: readonly Chosen[],
  work: Work,
): Promise<readonly SourceMerge[]> {
  const merges: SourceMerge[] = [];
  for (const source of sources) {
    const { name, part } = source;
    if (part === undefined || part.problems.length > 0) continue;
    merges.push((await hasRoom(source)) ? await part.merges(work) : { source: name });
  }
  return merges;
}

/** A look loads tables into their server: it must not fill the disk of that, where everybody writes. */
async function hasRoom(source: Chosen): Promise<boolean> {
  if (source.restore.server === undefined) return true;
  const space = await spaceNeeds([source], [], { withoutUndo: true });
  return space.every(({ freeBytes, neededBytes }) => freeBytes >= neededBytes);
}
