import { type ListSort, type ListView, untouched } from '../store/list-view.ts';
import type { UiState } from '../store/ui-state.ts';
import { texts } from '../texts/texts.ts';
import type { Glyphs } from '../theme/theme.ts';
import { columnText, type ListColumn, type ListSpec } from './list-spec.ts';
import { rowsInView } from './rows-in-view.ts';
import type { Copyable, ListSection, ListTools } from './section.ts';
import { type Cell, type Column, table } from './table.ts';

const words = texts.lists;

/** `shown`: the rows in the order of the screen; `marked`: whether the filter shows them or not. */
export interface BuiltList<T> extends ListSection {
  readonly shown: readonly T[];
  readonly marked: readonly T[];
}

/** What building needs to know of the window. */
export interface ListContext {
  readonly ui: Pick<UiState, 'lists' | 'filtering' | 'only'>;
  readonly glyphs: Glyphs;
}

export function buildList<T>(context: ListContext, spec: ListSpec<T>): BuiltList<T> {
  const { ui, glyphs } = context;
  const seen = ui.lists[spec.id] ?? untouched;
  const view = ui.only?.list === spec.id ? { ...seen, marks: [ui.only.key] } : seen;
  const shown = rowsInView(spec, view);
  const marked = markedRows(spec, view);
  const columns = chosenColumns(spec.columns, view);
  const drawn = table(
    columns.map((column) => ({
      ...column,
      sign: signOf(column.id, view.sort, glyphs),
      press: { command: 'list.sort', args: { list: spec.id, column: column.id } },
    })),
    glyphs.ellipsis,
  );
  const { open, title, max, follow } = spec;
  return {
    kind: 'list',
    id: spec.id,
    min: spec.min,
    ...(title === undefined ? {} : { title }),
    ...(max === undefined ? {} : { max }),
    ...(follow === undefined ? {} : { follow }),
    ...(spec.bare === true ? {} : { header: drawn.header }),
    shown,
    count: shown.length,
    keyOf: (index) => at(shown, index, spec.keyOf, ''),
    row: (index, width) => at(shown, index, (row) => drawn.row(cellsOf(columns, row), width), []),
    empty: emptyWords(spec, view, shown),
    ...(open === undefined ? {} : { open: (index) => at(shown, index, open, { command: 'back' }) }),
    marked,
    tools: toolsOf(spec, view, { shown, marked }, ui.filtering === spec.id),
  };
}

function at<T, R>(rows: readonly T[], index: number, read: (row: T) => R, none: R): R {
  const row = rows[index];
  return row === undefined ? none : read(row);
}

function emptyWords<T>(
  { empty, rows, filteredOf }: ListSpec<T>,
  view: ListView,
  shown: readonly T[],
): readonly string[] {
  const filter = view.filter?.text.trim() ?? '';
  const hidden = (filteredOf ?? rows.length) > 0;
  return shown.length === 0 && hidden && filter !== '' ? words.noneMatch(filter) : empty;
}

function toolsOf<T>(
  spec: ListSpec<T>,
  { filter, sort, marks = [], turned = [] }: ListView,
  { shown, marked }: Pick<BuiltList<T>, 'shown' | 'marked'>,
  typing: boolean,
): ListTools {
  const keys = new Set(marks);
  const sorted = spec.columns.find(({ id }) => id === sort?.column);
  return {
    filter,
    typing,
    total: spec.filteredOf ?? spec.rows.length,
    marked: marked.length,
    sorted:
      spec.bare !== true || sort === undefined || sorted === undefined
        ? undefined
        : words.sortedBy(nameOf(sorted), sort.descending),
    columns: spec.columns.map((column) => ({
      id: column.id,
      title: nameOf(column),
      shown: isShown(column, turned),
    })),
    isMarked:
      spec.markable === true
        ? (index) => keys.size > 0 && at(shown, index, (row) => keys.has(spec.keyOf(row)), false)
        : undefined,
    copies: (index) => at(shown, index, (row) => copiesOf(spec, row), []),
  };
}

function markedRows<T>({ rows, keyOf }: ListSpec<T>, { marks = [] }: ListView): readonly T[] {
  const keys = new Set(marks);
  return keys.size === 0 ? [] : rows.filter((row) => keys.has(keyOf(row)));
}

function copiesOf<T>(spec: ListSpec<T>, row: T): readonly Copyable[] {
  const cells = spec.columns.map((column) => ({
    title: words.cell(nameOf(column)),
    text: columnText(column, row),
  }));
  const filled = cells.filter(({ text }) => text !== '');
  const all = { title: words.row, text: filled.map(({ text }) => text).join('  ') };
  return [...(spec.copies?.(row) ?? []), all, ...filled];
}

function nameOf({ title, id }: { readonly title: string; readonly id: string }): string {
  return title === '' ? id : title;
}

function isShown(
  { id, extra }: { readonly id: string; readonly extra?: boolean },
  turned: readonly string[],
) {
  return (extra !== true) !== turned.includes(id);
}

function chosenColumns<T>(
  columns: readonly ListColumn<T>[],
  { turned = [] }: ListView,
): readonly ListColumn<T>[] {
  const chosen = columns.filter((column) => isShown(column, turned));
  if (chosen.length === 0) return columns;
  if (chosen.some(({ width }) => width === 'rest')) return chosen;
  // Something has to take what is left.
  return chosen.map((column, index) =>
    index === chosen.length - 1 ? { ...column, width: 'rest', min: widthOf(column) } : column,
  );
}

function widthOf({ width }: Column): number {
  return width === 'rest' ? 1 : width;
}

function signOf(column: string, sort: ListSort | undefined, glyphs: Glyphs): string | undefined {
  if (sort?.column !== column) return undefined;
  return sort.descending ? glyphs.down : glyphs.up;
}

function cellsOf<T>(columns: readonly ListColumn<T>[], row: T): readonly Cell[] {
  return columns.map((column) => column.cell(row));
}
