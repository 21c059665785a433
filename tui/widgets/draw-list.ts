import type { Place } from '../store/ui-state.ts';
import type { Area, DrawContext, Drawn } from './draw-context.ts';
import {
  clickable,
  emptyLine,
  fitLine,
  inArea,
  type Line,
  line,
  type Span,
  span,
  toned,
} from './line.ts';
import { hasToolLine, toolLine } from './list-head.ts';
import { edgeScroll } from './scroll.ts';
import type { ListSection } from './section.ts';
import { wordWrap } from './word-wrap.ts';

/** Title, header and the visible rows of a list, in exactly `height` lines. */
export function drawList(list: ListSection, height: number, context: DrawContext): Drawn {
  const head = headOf(list, context);
  const rows = Math.max(0, height - head.length);
  const area = areaOf(list, context.places[list.id], rows);
  const body = list.count === 0 ? emptyRows(list, context.width) : visibleRows(list, area, context);
  const lines = [...head, ...body].slice(0, height);
  const filled = [...lines, ...Array.from({ length: height - lines.length }, () => emptyLine)];
  return {
    lines: filled.map((one) => inArea(one, list.id)),
    areas: { [list.id]: area },
    focusRow: head.length + area.selected - area.top,
  };
}

/** The selected row by its key when it still exists, else by its number. */
export function selectedIndex(list: ListSection, place: Place | undefined): number {
  if (place === undefined) return list.follow === true ? Math.max(0, list.count - 1) : 0;
  const near = Math.max(0, Math.min(place.selected, list.count - 1));
  if (place.key === undefined || list.count === 0 || list.keyOf(near) === place.key) return near;
  for (let index = 0; index < list.count; index++) {
    if (list.keyOf(index) === place.key) return index;
  }
  return near;
}

function areaOf(list: ListSection, place: Place | undefined, rows: number): Area {
  const selected = selectedIndex(list, place);
  const top = edgeScroll(place?.top ?? 0, selected, rows, list.count);
  return { kind: 'list', rows, count: list.count, top, selected };
}

function headOf(list: ListSection, context: DrawContext): readonly Line[] {
  const header = list.count === 0 ? undefined : list.header?.(context.width - 2);
  return [
    ...(list.title === undefined ? [] : [list.title]),
    ...(hasToolLine(list) ? [toolLine(list, context)] : []),
    ...(header === undefined ? [] : [[span('  '), ...toned(header, 'muted')]]),
  ];
}

function emptyRows(list: ListSection, width: number): readonly Line[] {
  return list.empty.flatMap((text) =>
    wordWrap(text, width - 4).map((row) => line(`  ${row}`, 'muted')),
  );
}

function visibleRows(list: ListSection, area: Area, context: DrawContext): readonly Line[] {
  const { width, glyphs } = context;
  const shown = Math.min(area.rows, list.count - area.top);
  return Array.from({ length: shown }, (_, offset) => {
    const index = area.top + offset;
    const selected = index === area.selected;
    const row = [signSpan(list, index, selected), ...list.row(index, width - 2)];
    const full = fitLine(row, width, glyphs.ellipsis);
    const drawn = selected
      ? toned(full, context.focus === list.id ? 'selected' : 'selected-elsewhere')
      : full;
    return clickable(drawn, {
      command: 'list.click',
      args: { list: list.id, index },
    });
  });
}

/** The selected row and the marked ones by a sign; a click on it marks. */
function signSpan({ id, tools }: ListSection, index: number, selected: boolean): Span {
  const arrow = selected ? '>' : ' ';
  if (tools?.isMarked === undefined) return span(`${arrow} `);
  const mark = { command: 'list.mark', args: { list: id, index } };
  return tools.isMarked(index)
    ? span(`${arrow}*`, 'strong', mark)
    : span(`${arrow} `, 'plain', mark);
}
