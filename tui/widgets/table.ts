import type { Action } from '../store/action.ts';
import type { Tone } from '../theme/theme.ts';
import { cellWidth, fitText } from './cells.ts';
import { type Line, type Span, span } from './line.ts';

/** A column: `width` cells, or all that is left. `drop`: in narrow windows the highest goes first. */
export interface Column {
  readonly title: string;
  readonly width: number | 'rest';
  /** Of the column that takes the rest: cells below which others are dropped for it. */
  readonly min?: number;
  readonly align?: 'left' | 'right';
  readonly drop?: number;
  /** Behind its title, in the gap to the next: that the rows are sorted by it. */
  readonly sign?: string | undefined;
  /** A click on its title. */
  readonly press?: Action;
}

export type Cell = string | Span;

export function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.text;
}

export interface Table {
  header(width: number): Line;
  row(cells: readonly Cell[], width: number): Line;
}

const gap = '  ';
const smallestRest = 16;

export function table(columns: readonly Column[], ellipsis: string): Table {
  const shownAt = new Map<number, ReadonlySet<Column>>();
  const shownIn = (width: number): ReadonlySet<Column> => {
    const known = shownAt.get(width) ?? new Set(shownColumns(columns, width));
    shownAt.set(width, known);
    return known;
  };
  const lineOf = (
    width: number,
    draw: (column: Column, index: number, cells: number) => Span[],
  ) => {
    const shown = shownIn(width);
    const last = [...shown].at(-1);
    const rest = width - takenCells([...shown]);
    return columns.flatMap((column, index) => {
      if (!shown.has(column)) return [];
      const drawn = draw(column, index, column.width === 'rest' ? rest : column.width);
      return column === last ? drawn.slice(0, 1) : drawn;
    });
  };
  return {
    header: (width) =>
      lineOf(width, (column, _, cells) => {
        const { title, sign = '', align = 'left', press } = column;
        const fits = cellWidth(title) < cells;
        const signed = fits && align === 'left' ? `${title}${sign}` : title;
        const behind = fits && align === 'left' ? gap : fitText(sign, gap.length, '');
        const fitted = fitCell(signed, cells, align, ellipsis);
        return [
          { ...fitted, action: press },
          { text: behind, action: press },
        ];
      }),
    row: (cells, width) =>
      lineOf(width, (column, index, wide) => [
        fitCell(cells[index] ?? '', wide, column.align ?? 'left', ellipsis),
        span(gap),
      ]),
  };
}

function fitCell(cell: Cell, width: number, align: 'left' | 'right', ellipsis: string): Span {
  const text = cellText(cell);
  const tone: Tone | undefined = typeof cell === 'string' ? undefined : cell.tone;
  const fitted = fitText(text, width, ellipsis);
  if (align === 'left') return span(fitted, tone);
  const trimmed = fitted.trimEnd();
  return span(' '.repeat(fitted.length - trimmed.length) + trimmed, tone);
}

/** The columns that fit; the last one to be dropped is the one that takes the rest. */
function shownColumns(columns: readonly Column[], width: number): readonly Column[] {
  let shown = columns;
  const least = columns.find(({ width: cells }) => cells === 'rest')?.min ?? smallestRest;
  while (takenCells(shown) + least > width) {
    const most = Math.max(...shown.map((column) => column.drop ?? 0));
    if (most <= 0) return shown;
    shown = shown.filter((column) => column.drop !== most);
  }
  return shown;
}

function takenCells(columns: readonly Column[]): number {
  const fixed = columns.reduce(
    (sum, column) => sum + (column.width === 'rest' ? 0 : column.width),
    0,
  );
  return fixed + gap.length * (columns.length - 1);
}
