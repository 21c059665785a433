import type { Tone } from '../theme/theme.ts';
import { fitText } from './cells.ts';
import { type Line, type Span, span } from './line.ts';

/** A column: `width` cells, or all that is left. `drop`: in narrow windows the highest goes first. */
export interface Column {
  readonly title: string;
  readonly width: number | 'rest';
  /** Of the column that takes the rest: cells below which others are dropped for it. */
  readonly min?: number;
  readonly align?: 'left' | 'right';
  readonly drop?: number;
}

export type Cell = string | Span;

export interface Table {
  header(width: number): Line;
  row(cells: readonly Cell[], width: number): Line;
}

const gap = '  ';
const smallestRest = 16;

export function table(columns: readonly Column[], ellipsis: string): Table {
  const rowOf = (cells: readonly Cell[], width: number): Line => {
    const shown = shownColumns(columns, width);
    const rest = width - takenCells(shown);
    return columns.flatMap((column, index) => {
      if (!shown.includes(column)) return [];
      const cells_ = column.width === 'rest' ? rest : column.width;
      const fitted = fitCell(cells[index] ?? '', cells_, column.align ?? 'left', ellipsis);
      return column === shown.at(-1) ? [fitted] : [fitted, span(gap)];
    });
  };
  return {
    header: (width) =>
      rowOf(
        columns.map((column) => column.title),
        width,
      ),
    row: rowOf,
  };
}

function fitCell(cell: Cell, width: number, align: 'left' | 'right', ellipsis: string): Span {
  const text = typeof cell === 'string' ? cell : cell.text;
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
