import { basename, dirname, join } from 'node:path';
import type { SourceMerge } from '../../../protocol/domain/restore-order.ts';
import { realPathOf } from '../../os/real-path.ts';
import type { PartOrder, PartRestore } from '../part-order.ts';
import type { ArchivedSource, ExchangeItem, SourceRestore } from '../restore-kind.ts';
import { leftOutBy } from '../tree/left-out.ts';
import type { LeftOut } from '../tree/walk.ts';
import { compareTree } from './compare.ts';
import { type MergeSelection, selectMembers } from './merge-selection.ts';
import type { FilesSettings } from './settings.ts';

/** A merge of a folder, or some paths of it as they were. */
export async function partOfFiles(
  whole: SourceRestore,
  settings: FilesSettings,
  archived: ArchivedSource,
  order: PartOrder,
): Promise<PartRestore> {
  const live = await realPathOf(settings.path);
  const leaveOut = settings.exclude ?? [];
  const { keepNewer, paths } = order;
  const selection = await selectMembers({
    tree: archived,
    live,
    leaveOut,
    keepNewer,
    asked: paths,
  });
  const selected: ArchivedSource = { ...archived, members: () => selection.members() };
  const restore: SourceRestore = {
    ...whole,
    compare: async (_archived, { signal }) => {
      const isLeftOut = paths === undefined ? leftOutBy(leaveOut) : outside(paths, leaveOut);
      const compared = keepNewer && paths === undefined ? archived : selected;
      const order = { source: archived.name, live, leaveOut, isLeftOut, archived: compared };
      const change = await compareTree(order, signal);
      const places = paths?.map((path) => `${live}/${path}`).join(', ');
      return { ...change, live: places ?? live };
    },
    items: async (_archived, place, names) => {
      const items = await whole.items(archived, place, names);
      return items.map((item) => withLists(item, keepNewer ? [] : (paths ?? [])));
    },
  };
  return {
    archived: selected,
    restore,
    problems: problemsOf(archived.name, order, [selection]),
    warnings: selection.warnings,
    merges: async () => mergeOf(archived.name, [selection]),
  };
}

/** Beside `new` and `old`, so that they stay as long as the undo. */
export function withLists(item: ExchangeItem, whole: readonly string[]): ExchangeItem {
  const place = dirname(dirname(item.outgoing));
  return { ...item, only: { lists: join(place, 'moves', basename(item.outgoing)), whole } };
}

export function mergeOf(source: string, selections: readonly MergeSelection[]): SourceMerge {
  const files = { inserted: 0, overwritten: 0, bytes: 0 };
  for (const { inserted, overwritten, bytes } of selections) {
    files.inserted += inserted;
    files.overwritten += overwritten;
    files.bytes += bytes;
  }
  return { source, files };
}

/** A path that one of several trees has is not missing. */
export function problemsOf(
  source: string,
  { paths = [], tables }: PartOrder,
  selections: readonly MergeSelection[],
): readonly string[] {
  const missing = paths.filter((path) => selections.every((one) => one.missing.includes(path)));
  return [
    ...(tables === undefined ? [] : [`source "${source}" holds files and no tables`]),
    ...missing.map((path) => `"${path}" of source "${source}" is not in this backup`),
    ...selections.flatMap(({ problems }) => problems),
  ];
}

/** All that is neither below one of the paths nor on the way to it. */
function outside(paths: readonly string[], leaveOut: readonly string[]): LeftOut {
  const isLeftOut = leftOutBy(leaveOut);
  return (relative) => {
    const path = relative.toString();
    const isNear = paths.some(
      (one) => path === one || path.startsWith(`${one}/`) || one.startsWith(`${path}/`),
    );
    return !isNear || isLeftOut(relative);
  };
}
