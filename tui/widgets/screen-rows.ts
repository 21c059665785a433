import { type Cell, cellOf } from '../host/screen-cell.ts';
import type { ScreenRow } from '../host/screen-driver.ts';
import { styleOf, type Theme } from '../theme/theme.ts';
import { splitCells } from './cells.ts';
import { type Line, paintLine } from './line.ts';

/** Lines as rows of cells, for the screen driver. */
export function screenRows(theme: Theme, lines: readonly Line[]): readonly ScreenRow[] {
  return lines.map((line) => ({
    key: paintLine(theme, line),
    cells: () => cellsOf(theme, line),
  }));
}

function cellsOf(theme: Theme, line: Line): readonly Cell[] {
  return line.flatMap(({ text, tone }) => {
    const style = styleOf(theme, tone ?? 'plain');
    return splitCells(text).map((cell) => cellOf(cell, style));
  });
}
