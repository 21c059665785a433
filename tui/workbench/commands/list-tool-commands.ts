import * as z from 'zod';
import type { Bench, UiCommand } from '../../screens/bench.ts';
import { type ListSort, type ListView, turnedSort } from '../../store/list-view.ts';
import { texts } from '../../texts/texts.ts';
import type { Frame } from '../frame.ts';
import { columnOffers, copyOffers } from './list-offers.ts';
import { changeView, type ToolList, toolList } from './list-target.ts';
import { markCommands } from './mark-commands.ts';

const words = texts.lists;
const List = z.object({ list: z.string().optional() });
const Column = z.object({ list: z.string(), column: z.string() });
const All = z.object({
  actions: z.array(z.object({ command: z.string(), args: z.record(z.string(), z.unknown()) })),
  title: z.string().optional(),
});

/** What every list can do: filter, order, columns, marks, copying. */
export function listToolCommands(frame: () => Frame): readonly UiCommand[] {
  const onList = (
    id: string,
    title: string,
    run: (bench: Bench, list: ToolList) => void,
  ): UiCommand => ({
    id,
    title,
    category: words.category,
    run(bench, args) {
      const list = toolList(frame(), List.parse(args).list);
      if (list === undefined) bench.notify('muted', words.noList);
      else run(bench, list);
    },
  });
  return [
    onList('list.filter', words.commands.filter, startFilter),
    onList('list.clear', words.commands.clear, clearList),
    { ...onList('list.filter-done', words.commands.filter, endFilter), internal: true },
    onList('list.sort-next', words.commands.sort, (bench, list) => moveSort(bench, list, 1)),
    onList('list.sort-previous', words.commands.sortBack, (bench, list) =>
      moveSort(bench, list, -1),
    ),
    onList('list.sort-turn', words.commands.turn, turnSort),
    onList('list.columns', words.commands.columns, (bench, list) =>
      bench.choose(columnOffers(list)),
    ),
    onList('list.copy', words.commands.copy, (bench, list) =>
      bench.choose(copyOffers(list, bench.areas()[list.id]?.selected ?? 0)),
    ),
    {
      id: 'list.sort',
      title: words.commands.sort,
      category: words.category,
      internal: true,
      run(bench, args) {
        const { list, column } = Column.parse(args);
        sortBy(bench, list, (sort) => turnedSort(sort, column));
      },
    },
    {
      id: 'list.column',
      title: words.commands.columns,
      category: words.category,
      internal: true,
      run(bench, args) {
        const { list, column } = Column.parse(args);
        changeView(bench, list, (view) => turnColumn(view, column));
        bench.run({ command: 'list.columns', args: { list } });
      },
    },
    {
      id: 'list.run-all',
      title: words.commands.mark,
      category: words.category,
      internal: true,
      run(bench, args) {
        const { actions, title } = All.parse(args);
        bench.runAll(actions, title);
      },
    },
    ...markCommands(frame),
  ];
}

function startFilter(bench: Bench, { id }: ToolList): void {
  bench.updateUi((ui) => ({
    ...ui,
    filtering: id,
    focus: ui.part === 'panel' ? ui.focus : { ...ui.focus, [ui.view]: id },
  }));
}

function endFilter(bench: Bench): void {
  bench.updateUi(({ filtering: _done, ...ui }) => ui);
}

/** All rows again: first without the filter, then without the marks. */
function clearList(bench: Bench, { id, tools }: ToolList): void {
  const hadFilter = tools.typing || (tools.filter?.text ?? '') !== '';
  endFilter(bench);
  changeView(bench, id, ({ filter: _filter, ...view }) => {
    if (hadFilter) return view;
    const { marks: _marks, ...rest } = view;
    return rest;
  });
  if (hadFilter) bench.fieldChanged(id);
}

function sortBy(
  bench: Bench,
  list: string,
  next: (sort: ListSort | undefined) => ListSort | undefined,
): void {
  changeView(bench, list, ({ sort: before, ...view }) => {
    const sort = next(before);
    return sort === undefined ? view : { ...view, sort };
  });
}

/** Round through the columns that are shown, and the order as it comes. */
function moveSort(bench: Bench, { id, tools }: ToolList, by: 1 | -1): void {
  const shown = tools.columns.filter((column) => column.shown).map((column) => column.id);
  sortBy(bench, id, (sort) => {
    const stops = [undefined, ...shown];
    const at = Math.max(0, stops.indexOf(sort?.column));
    const column = stops[(at + by + stops.length) % stops.length];
    return column === undefined ? undefined : { column, descending: false };
  });
}

function turnSort(bench: Bench, { id, tools }: ToolList): void {
  const first = tools.columns.find(({ shown }) => shown)?.id ?? '';
  sortBy(bench, id, (sort) =>
    sort === undefined
      ? { column: first, descending: true }
      : { ...sort, descending: !sort.descending },
  );
}

function turnColumn({ turned = [], ...view }: ListView, column: string): ListView {
  const isTurned = turned.includes(column);
  return {
    ...view,
    turned: isTurned ? turned.filter((one) => one !== column) : [...turned, column],
  };
}
