import type { Model } from '../screens/bench.ts';
import { paragraph } from '../screens/page-lines.ts';
import type { Cell, PickerMode, PickerState } from '../store/overlay-state.ts';
import { texts } from '../texts/texts.ts';
import { cellWidth, fitText } from '../widgets/cells.ts';
import type { Areas } from '../widgets/draw-context.ts';
import { drawInput } from '../widgets/draw-field.ts';
import { drawList } from '../widgets/draw-list.ts';
import { framedBox } from '../widgets/framed-box.ts';
import { type Line, line, span, spread } from '../widgets/line.ts';
import type { ListSection } from '../widgets/section.ts';
import type { PickerItem } from './picker-item.ts';
import type { PlacedBlock } from './placed-block.ts';

export const pickerList = 'picker';
const widest = 90;
const mostRows = 16;
const shortRows = 3;

/** The palette: a line to type in and what matches, with its key and, when it can't run, why. */
export function drawPicker(
  model: Model,
  picker: Pick<PickerState, 'field' | 'place' | 'at'> & { readonly mode?: PickerMode },
  words: { readonly title: string; readonly placeholder: string; readonly empty: string },
  items: readonly PickerItem[],
): PlacedBlock & { readonly areas: Areas } {
  const width = widthOf(model, picker, words.title);
  const inner = width - 4;
  const { title, note } = titleAndNote(words.title, inner);
  const room = Math.max(3, Math.min(mostRows, model.rows - 6) - note.length);
  const rows = isShort(picker) ? Math.min(room, Math.max(shortRows, items.length)) : room;
  const list = drawList(listOf(items, words.empty, model), rows, {
    width: inner,
    glyphs: model.glyphs,
    focus: pickerList,
    places: { [pickerList]: picker.place },
  });
  const { ellipsis } = model.glyphs;
  const input: Line = [
    span('> '),
    ...drawInput(picker.field, inner - 2, true, ellipsis, words.placeholder),
  ];
  const lines = framedBox(title, [...note, input, ...list.lines], width, model.glyphs);
  return { lines, ...placeOf(model, picker.at, width, lines.length), areas: list.areas };
}

/** Below the cell it belongs to, or above it where there is no room; else where a palette stands. */
function placeOf(
  { columns, rows }: Model,
  at: Cell | undefined,
  width: number,
  height: number,
): { readonly column: number; readonly row: number } {
  const highest = Math.max(0, rows - height);
  if (at === undefined)
    return { column: Math.floor((columns - width) / 2), row: Math.min(2, highest) };
  const below = at.row + 1;
  const row = below + height <= rows ? below : at.row - height;
  return {
    column: Math.max(0, Math.min(at.column, columns - width)),
    row: Math.max(0, Math.min(row, highest)),
  };
}

/** Of a palette always the same; a menu at a cell is as wide as its widest line. */
function widthOf(
  model: Model,
  { at, mode }: Pick<PickerState, 'at'> & { readonly mode?: PickerMode },
  title: string,
): number {
  const most = Math.min(widest, model.columns - 2);
  if (at === undefined || mode?.kind !== 'offers') return most;
  const offers = mode.offers.map(
    (offer) =>
      cellWidth(`${offer.title}${offer.disabled === undefined ? '' : `  (${offer.disabled})`}  `) +
      cellWidth(offer.detail),
  );
  const frameCells = 6;
  return Math.min(most, Math.max(cellWidth(title) + 2, ...offers) + frameCells);
}

/** Of "Verify a backup: a backup: its id, ..." what finds no room in the border stands below it. */
function titleAndNote(words: string, inner: number): { title: string; note: readonly Line[] } {
  const [title = words, ...rest] = words.split(': ');
  if (cellWidth(words) <= inner - 2 || rest.length === 0) return { title: words, note: [] };
  return { title, note: paragraph(rest.join(': '), inner, 'muted') };
}

/** A palette keeps its height while one types; a few things to choose from need no more than theirs. */
function isShort({ mode }: { readonly mode?: PickerMode }): boolean {
  return mode !== undefined && mode.kind !== 'commands' && mode.kind !== 'go-to';
}

function listOf(items: readonly PickerItem[], empty: string, model: Model): ListSection {
  return {
    kind: 'list',
    id: pickerList,
    count: items.length,
    min: 1,
    keyOf: (index) => items[index]?.id ?? '',
    row: (index, width) => {
      const item = items[index];
      return item === undefined ? [] : itemLine(item, width, model);
    },
    empty: [empty],
  };
}

function itemLine(item: PickerItem, width: number, model: Model): Line {
  const disabled = item.disabled !== undefined;
  const group = item.group === '' ? [] : [span(`${item.group}: `, 'muted')];
  const left: Line = [
    ...group,
    { ...span(item.title, disabled ? 'muted' : 'plain'), joins: true },
    ...(disabled ? [span(`  (${item.disabled})`, 'muted')] : []),
  ];
  const right =
    item.detail === ''
      ? []
      : line(
          ` ${fitText(item.detail, Math.min(item.detail.length, 30), model.glyphs.ellipsis)}`,
          'muted',
        );
  return spread(left, right, width, model.glyphs.ellipsis);
}

function isEmpty({ text }: PickerState['field']): boolean {
  return text.trim() === '';
}

export function pickerWords(
  picker: PickerState,
  asks: string,
): {
  readonly title: string;
  readonly placeholder: string;
  readonly empty: string;
} {
  const { commands, goTo, empty, placeholder } = texts.workbench.picker;
  switch (picker.mode.kind) {
    case 'commands':
      return { title: commands, placeholder: placeholder.commands, empty };
    case 'go-to':
      return { title: goTo, placeholder: placeholder.goTo, empty };
    case 'argument':
      return {
        title: asks,
        placeholder: '',
        empty: isEmpty(picker.field)
          ? texts.workbench.picker.typeIt
          : texts.workbench.picker.chosen,
      };
    case 'value':
      return { title: picker.mode.title, placeholder: '', empty: picker.mode.note };
    case 'offers':
      return { title: picker.mode.title, placeholder: '', empty };
    default:
      return picker.mode satisfies never;
  }
}
