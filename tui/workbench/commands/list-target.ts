import type { Bench } from '../../screens/bench.ts';
import { type ListView, untouched } from '../../store/list-view.ts';
import type { ListSection, ListTools } from '../../widgets/section.ts';
import type { Frame } from '../frame.ts';

/** A list with what it can do. */
export type ToolList = ListSection & { readonly tools: ListTools };

/** The list named, else the one that has the focus, else the first of the screen. */
export function toolList(
  { sections, allSections, region }: Pick<Frame, 'sections' | 'allSections' | 'region'>,
  id: string | undefined,
): ToolList | undefined {
  const among = id === undefined ? sections : allSections;
  const lists = among.flatMap((section): readonly ToolList[] =>
    section.kind === 'list' && section.tools !== undefined
      ? [{ ...section, tools: section.tools }]
      : [],
  );
  if (id !== undefined) return lists.find((list) => list.id === id);
  return lists.find((list) => list.id === region?.id) ?? lists[0];
}

export function changeView(bench: Bench, list: string, change: (view: ListView) => ListView): void {
  bench.updateUi((ui) => ({
    ...ui,
    lists: { ...ui.lists, [list]: change(ui.lists[list] ?? untouched) },
  }));
}
