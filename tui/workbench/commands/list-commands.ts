import * as z from 'zod';
import type { Bench, UiCommand } from '../../screens/bench.ts';
import { texts } from '../../texts/texts.ts';
import type { Area } from '../../widgets/draw-context.ts';
import { edgeScroll, move } from '../../widgets/scroll.ts';
import type { ListSection, Section } from '../../widgets/section.ts';
import { pickerList } from '../draw-picker.ts';
import type { Frame } from '../frame.ts';

const category = texts.workbench.groups.go;
export const movements = [
  'up',
  'down',
  'page-up',
  'page-down',
  'first',
  'last',
  'wheel-up',
  'wheel-down',
] as const;
const Move = z.object({ movement: z.enum(movements), list: z.string().optional() });
const Click = z.object({ list: z.string(), index: z.int() });

/** Moving in lists and pages of text, by keys and by mouse. */
export function listCommands(frame: () => Frame): readonly UiCommand[] {
  return [
    {
      id: 'list.move',
      title: texts.workbench.open,
      category,
      internal: true,
      run(bench, args) {
        const { movement, list } = Move.parse(args);
        const id = list ?? frame().region?.id;
        const area = id === undefined ? undefined : bench.areas()[id];
        if (id === undefined || area === undefined) return;
        place(bench, frame(), id, movedIn(area, movement));
      },
    },
    {
      id: 'list.select',
      title: texts.workbench.open,
      category,
      internal: true,
      run(bench, args) {
        const { list, index } = Click.parse(args);
        select(bench, frame(), list, index);
      },
    },
    {
      id: 'list.click',
      title: texts.workbench.open,
      category,
      internal: true,
      run(bench, args) {
        const { list, index } = Click.parse(args);
        if (list === pickerList) return pick(bench, index);
        return click(bench, frame(), list, index);
      },
    },
  ];
}

function pick(bench: Bench, index: number): void {
  place(bench, undefined, pickerList, {
    selected: index,
    top: bench.areas()[pickerList]?.top ?? 0,
  });
  bench.run({ command: 'picker.accept' });
}

/** The first click selects, one on the selected row opens. */
function click(bench: Bench, frame: Frame, list: string, index: number): void {
  const inPanel = list.startsWith('panel.');
  const { ui } = bench.model();
  const focused = frame.region?.id === list && (ui.part === 'panel') === inPanel;
  const area = bench.areas()[list];
  if (focused && area?.selected === index) {
    bench.run({ command: 'open' });
    return;
  }
  select(bench, frame, list, index);
}

function select(bench: Bench, frame: Frame, list: string, index: number): void {
  const inPanel = list.startsWith('panel.');
  bench.updateUi(({ filtering: _typed, ...before }) => ({
    ...before,
    part: inPanel ? 'panel' : 'editor',
    focus: inPanel ? before.focus : { ...before.focus, [before.view]: list },
  }));
  place(bench, frame, list, { selected: index, top: bench.areas()[list]?.top ?? 0 });
}

/** Where a movement leads: in a list the selection moves, in a page the text. */
export function movedIn(
  area: Area,
  movement: (typeof movements)[number],
): { readonly selected: number; readonly top: number } {
  if (area.kind === 'page') {
    const last = Math.max(0, area.count - area.rows);
    const top = move(area.top, movement, area.rows, last + 1);
    return { selected: top, top };
  }
  const selected = move(area.selected, movement, area.rows, area.count);
  return { selected, top: edgeScroll(area.top, selected, area.rows, area.count) };
}

function place(
  bench: Bench,
  frame: Frame | undefined,
  id: string,
  to: { readonly selected: number; readonly top: number },
): void {
  const key = keyIn(frame, id, to.selected);
  const entry = key === undefined ? to : { ...to, key };
  bench.updateUi((ui) => {
    if (id === pickerList && (ui.overlay?.kind === 'picker' || ui.overlay?.kind === 'keys')) {
      return { ...ui, overlay: { ...ui.overlay, place: entry } };
    }
    if (isAtEnd(frame, id, bench.areas()[id], to)) {
      const { [id]: _, ...places } = ui.places;
      return { ...ui, places };
    }
    return { ...ui, places: { ...ui.places, [id]: entry } };
  });
}

/** Of what follows its end: it does so again. */
function isAtEnd(
  frame: Frame | undefined,
  id: string,
  area: Area | undefined,
  { top, selected }: { readonly top: number; readonly selected: number },
): boolean {
  const section = frame?.allSections.find(
    (one) => (one.kind === 'page' || one.kind === 'list') && one.id === id && one.follow === true,
  );
  if (section === undefined || area === undefined) return false;
  return section.kind === 'list' ? selected >= area.count - 1 : top >= area.count - area.rows;
}

/** By it the same row stays selected when others come and go. */
function keyIn(frame: Frame | undefined, id: string, index: number): string | undefined {
  if (id === pickerList) return frame?.items[index]?.id;
  return listOf(frame?.allSections ?? [], id)?.keyOf(index);
}

function listOf(sections: readonly Section[], id: string): ListSection | undefined {
  return sections.find(
    (section): section is ListSection => section.kind === 'list' && section.id === id,
  );
}
