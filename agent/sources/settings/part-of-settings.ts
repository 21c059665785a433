import type { ArchivedTree } from '../files/extract-tree.ts';
import { selectMembers } from '../files/merge-selection.ts';
import { mergeOf, problemsOf, withLists } from '../files/part-of-files.ts';
import type { PartOrder, PartRestore } from '../part-order.ts';
import type { ArchivedSource, ExchangeItem, SourceRestore } from '../restore-kind.ts';

/** A merge of settings, or some paths of them as they were: each configured path is a tree of its own. */
export async function partOfSettings(
  whole: SourceRestore,
  treeAt: (archived: ArchivedSource, live: string) => ArchivedTree,
  archived: ArchivedSource,
  order: PartOrder,
): Promise<PartRestore> {
  const { keepNewer, paths } = order;
  const trees = (await whole.livePaths()).flatMap((live) => {
    const asked = paths === undefined ? undefined : paths.flatMap((path) => askedIn(live, path));
    return asked?.length === 0 ? [] : [{ live, asked, tree: treeAt(archived, live) }];
  });
  const selections = await Promise.all(
    trees.map(async (each) => await selectMembers({ ...each, leaveOut: [], keepNewer })),
  );
  const selected: ArchivedSource = {
    ...archived,
    async *members() {
      for (const selection of selections) yield* selection.members();
    },
  };
  const asked = new Map(trees.map((each) => [each.live, each.asked]));
  const restore: SourceRestore = {
    ...whole,
    compare: async (_archived, work) =>
      await whole.compare(keepNewer && paths === undefined ? archived : selected, work),
    items: async (_archived, place, names) => {
      const items = (await whole.items(archived, place, names)).filter(
        ({ live, incoming }) => asked.has(live) && incoming !== undefined,
      );
      return items.map((item): ExchangeItem => {
        return withLists(item, keepNewer ? [] : (asked.get(item.live) ?? []));
      });
    },
  };
  const notIn = (paths ?? []).filter((path) =>
    trees.every(({ live }) => askedIn(live, path).length === 0),
  );
  return {
    archived: selected,
    restore,
    problems: [
      ...notIn.map((path) => `"${path}" is no part of the source "${archived.name}"`),
      ...problemsIn(
        archived.name,
        { ...order, paths: paths?.filter((path) => !notIn.includes(path)) },
        trees,
        selections,
      ),
    ],
    warnings: selections.flatMap(({ warnings }) => warnings),
    merges: async () => mergeOf(archived.name, selections),
  };
}

/** What of a path, named as in a backup, lies in this tree: '' all of it. */
function askedIn(live: string, path: string): readonly string[] {
  const asked = `/${path}`;
  if (asked === live || live.startsWith(`${asked}/`)) return [''];
  return asked.startsWith(`${live}/`) ? [asked.slice(live.length + 1)] : [];
}

function problemsIn(
  source: string,
  order: PartOrder,
  trees: readonly { readonly live: string }[],
  selections: Parameters<typeof problemsOf>[2],
): readonly string[] {
  const named = selections.map((selection, nth) => ({
    ...selection,
    missing: (order.paths ?? []).filter((path) => {
      const [first] = askedIn(trees[nth]?.live ?? '', path);
      return first === undefined || selection.missing.includes(first);
    }),
  }));
  return problemsOf(source, order, trees.length === 0 ? [] : named);
}
