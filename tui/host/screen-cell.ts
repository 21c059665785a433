/** What stands in a cell of the screen, and its SGR parameters. The right half of a wide sign has the text ''. */
export interface Cell {
  readonly text: string;
  readonly style: string;
}

export const blankCell: Cell = { text: ' ', style: '' };

/** A cell as it is compared: of a blank only inverse, underline and background are seen. */
export function cellOf(text: string, style: string): Cell {
  return text === ' ' && !showsOnBlanks(style) ? blankCell : { text, style };
}

const seenOnBlanks = /(?:^|;)(?:[47]|4\d|10\d)(?:;|$)/;

export function showsOnBlanks(style: string): boolean {
  return seenOnBlanks.test(style);
}

export function sameCell(one: Cell, other: Cell): boolean {
  return one.text === other.text && one.style === other.style;
}

export function isBlank(cell: Cell): boolean {
  return cell.text === ' ' && cell.style === '';
}

/** Cells up to the last one that is not blank. */
export function filledCells(cells: readonly Cell[]): number {
  return cells.findLastIndex((cell) => !isBlank(cell)) + 1;
}

/**
 * Whether every terminal gives each sign one cell: Latin letters, arrows, line drawing, ticks. About all
 * others terminals differ, so the columns behind them are not known for sure.
 */
export function hasSureColumns(cells: readonly Cell[]): boolean {
  return cells.every(isSure);
}

export function isSure({ text }: Cell): boolean {
  const code = text.charCodeAt(0);
  return text.length === 1 && (code < 0x300 || (code >= 0x2010 && code < 0x27c0));
}

/** Whether two rows look the same from a column on. */
export function sameFrom(before: readonly Cell[], after: readonly Cell[], column: number): boolean {
  const end = Math.max(before.length, after.length);
  for (let at = column; at < end; at++) {
    if (!sameCell(before[at] ?? blankCell, after[at] ?? blankCell)) return false;
  }
  return true;
}
