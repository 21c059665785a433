import { type Cell, cellOf } from '../host/screen-cell.ts';
import type { ScreenRow } from '../host/screen-driver.ts';
import { styleOf, type Theme } from '../theme/theme.ts';
import { splitCells } from './cells.ts';
import { type Line, paintLine, type Span } from './line.ts';

/** How cells of a text come to stand on the terminal, for languages that are read from right to left. */
export interface CellOrder {
  readonly name: 'terminal' | 'kedge';
  /** The texts of a row; as many cells as they have. */
  readonly order: (texts: readonly (readonly Cell[])[]) => readonly Cell[];
}

/** Lines as rows of cells, for the screen driver. */
export function screenRows(
  theme: Theme,
  lines: readonly Line[],
  order?: CellOrder | undefined,
): readonly ScreenRow[] {
  if (order !== undefined) return orderedRows(theme, lines, order);
  return lines.map((line) => ({
    key: paintLine(theme, line),
    cells: () => cellsOf(theme, line),
  }));
}

function orderedRows(
  theme: Theme,
  lines: readonly Line[],
  { name, order }: CellOrder,
): readonly ScreenRow[] {
  return lines.map((line) => ({
    key: `${name} ${paintLine(theme, line)}`,
    cells: () => order(textsOf(line).map((text) => cellsOf(theme, text))),
  }));
}

/** A text may have several tones, such as one with a caret in it. */
function textsOf(line: Line): readonly Line[] {
  const texts: Span[][] = [];
  for (const part of line) {
    const text = texts.at(-1);
    if (part.joins === true && text !== undefined) text.push(part);
    else texts.push([part]);
  }
  return texts;
}

function cellsOf(theme: Theme, line: Line): readonly Cell[] {
  return line.flatMap(({ text, tone }) => {
    const style = styleOf(theme, tone ?? 'plain');
    return splitCells(text).map((cell) => cellOf(cell, style));
  });
}
