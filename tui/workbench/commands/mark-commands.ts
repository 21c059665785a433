import * as z from 'zod';
import type { Bench, UiCommand } from '../../screens/bench.ts';
import { type ListView, toggled } from '../../store/list-view.ts';
import { texts } from '../../texts/texts.ts';
import type { Area } from '../../widgets/draw-context.ts';
import type { Frame } from '../frame.ts';
import { movedIn } from './list-commands.ts';
import { changeView, type ToolList, toolList } from './list-target.ts';

const words = texts.lists;
const Mark = z.object({ list: z.string().optional(), index: z.int().optional() });

/** Marking rows: one, from the last mark to here, all or none. */
export function markCommands(frame: () => Frame): readonly UiCommand[] {
  const command = (
    id: string,
    title: string,
    run: (bench: Bench, list: ToolList, area: Area | undefined, index?: number) => void,
  ): UiCommand => ({
    id,
    title,
    category: words.category,
    run(bench, args) {
      const { list: name, index } = Mark.parse(args);
      const list = toolList(frame(), name);
      if (list === undefined) bench.notify('muted', words.noList);
      else if (list.tools.isMarked === undefined) bench.notify('muted', words.notMarkable);
      else run(bench, list, bench.areas()[list.id], index);
    },
  });
  return [
    command('list.mark', words.commands.mark, markOne),
    command('list.mark-range', words.commands.markRange, markRange),
    command('list.mark-all', words.commands.markAll, markAll),
  ];
}

/** By key the next row is selected then, so that Space marks one after the other. */
function markOne(bench: Bench, list: ToolList, area: Area | undefined, clicked?: number): void {
  const index = clicked ?? area?.selected;
  if (index === undefined || list.count === 0) return;
  const key = list.keyOf(index);
  changeMarks(bench, list.id, (marks) => toggled(marks, key));
  if (clicked !== undefined || area === undefined) return;
  const next = movedIn(area, 'down');
  bench.updateUi((ui) => ({
    ...ui,
    places: { ...ui.places, [list.id]: { ...next, key: list.keyOf(next.selected) } },
  }));
}

function markRange(bench: Bench, list: ToolList, area: Area | undefined): void {
  if (area === undefined || list.count === 0) return;
  const keys = keysOf(list);
  changeMarks(bench, list.id, (marks) => {
    const from = marks.map((key) => keys.indexOf(key)).findLast((place) => place >= 0);
    const [first, last] = [from ?? area.selected, area.selected].sort((a, b) => a - b);
    return [...new Set([...marks, ...keys.slice(first, (last ?? 0) + 1)])];
  });
}

/** All that are shown; when they are marked already, none. */
function markAll(bench: Bench, list: ToolList): void {
  const keys = keysOf(list);
  changeMarks(bench, list.id, (marks) => {
    const known = new Set(marks);
    const shown = new Set(keys);
    return keys.every((key) => known.has(key))
      ? marks.filter((key) => !shown.has(key))
      : [...new Set([...marks, ...keys])];
  });
}

function keysOf(list: ToolList): readonly string[] {
  return Array.from({ length: list.count }, (_, index) => list.keyOf(index));
}

function changeMarks(
  bench: Bench,
  list: string,
  change: (marks: readonly string[]) => readonly string[],
): void {
  changeView(bench, list, ({ marks = [], ...view }): ListView => {
    const next = change(marks);
    return next.length === 0 ? view : { ...view, marks: next };
  });
}
