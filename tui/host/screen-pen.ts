import { type Cell, isBlank, showsOnBlanks } from './screen-cell.ts';
import { changeOfStyle } from './style-change.ts';

const introducer = '\u001B[';

/** Writes cells with as few bytes as it can: it knows where the cursor stands and in which style it writes. */
export interface Pen {
  /** Puts the cell of a row's column there. The cells before it are the row as it will be. */
  put(row: number, column: number, cells: readonly Cell[]): void;
  /** Makes cells blank. */
  erase(row: number, column: number, cells: readonly Cell[], count: number): void;
  /** Makes the rest of a row blank. */
  eraseRest(row: number, column: number, cells: readonly Cell[]): void;
  /** Where the cursor stands is not sure any more. */
  loseCursor(): void;
  /** Everything that was written, ending in the plain style. */
  finish(): string;
}

export function createPen(columns: number): Pen {
  let out = '';
  let style = '';
  let cursor: { readonly row: number; readonly column: number } | undefined;

  const switchTo = (wanted: string): void => {
    if (wanted === style) return;
    out += `${introducer}${changeOfStyle(style, wanted)}m`;
    style = wanted;
  };
  // Blanks may stay in a colour: nobody sees it.
  const readyForBlanks = (): void => {
    if (showsOnBlanks(style)) switchTo('');
  };
  const moveTo = (row: number, column: number, cells: readonly Cell[]): void => {
    if (cursor?.row === row && cursor.column === column) return;
    const ways = [absolute(row, column)];
    if (cursor !== undefined) ways.push(...relative(cursor, row, column));
    if (cursor?.row === row && cursor.column < column) {
      const between = cells.slice(cursor.column, column);
      if (between.every((cell) => fits(cell, style))) {
        ways.push(between.map(({ text }) => text).join(''));
      }
    }
    out += ways.reduce((best, way) => (way.length < best.length ? way : best));
    cursor = { row, column };
  };
  return {
    put(row, column, cells) {
      const cell = cells[column];
      if (cell === undefined || cell.text === '') return;
      moveTo(row, column, cells);
      if (isBlank(cell)) readyForBlanks();
      else switchTo(cell.style);
      out += cell.text;
      const after = column + (cells[column + 1]?.text === '' ? 2 : 1);
      // Behind the last column terminals wait to wrap, each in its own way.
      cursor = after < columns ? { row, column: after } : undefined;
    },
    erase(row, column, cells, count) {
      moveTo(row, column, cells);
      readyForBlanks();
      out += `${introducer}${count}X`;
    },
    eraseRest(row, column, cells) {
      if (column >= columns) return;
      moveTo(row, column, cells);
      readyForBlanks();
      out += `${introducer}K`;
    },
    loseCursor() {
      cursor = undefined;
    },
    finish() {
      switchTo('');
      return out;
    },
  };
}

/** Whether a cell can be written without a change of style. */
function fits(cell: Cell, style: string): boolean {
  return cell.text !== '' && (cell.style === style || (isBlank(cell) && !showsOnBlanks(style)));
}

function absolute(row: number, column: number): string {
  return column === 0 ? `${introducer}${row + 1}H` : `${introducer}${row + 1};${column + 1}H`;
}

function relative(
  from: { readonly row: number; readonly column: number },
  row: number,
  column: number,
): readonly string[] {
  const down = row - from.row;
  const right = column - from.column;
  if (down === 0 && right > 0) return [`${introducer}${countOf(right)}C`];
  if (down === 0 && column === 0) return ['\r'];
  if (down > 0 && column === 0) return [down === 1 ? '\r\n' : `${introducer}${down}E`];
  if (down > 0 && right === 0) return [`${introducer}${countOf(down)}B`];
  return [];
}

function countOf(count: number): string {
  return count === 1 ? '' : String(count);
}
