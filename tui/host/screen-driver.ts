import {
  blankCell,
  type Cell,
  filledCells,
  hasSureColumns,
  isBlank,
  isSure,
  sameCell,
  sameFrom,
} from './screen-cell.ts';
import { createPen, type Pen } from './screen-pen.ts';
import type { TextSink } from './terminal-modes.ts';

/** A row to show. Rows of the same key look the same; cells are asked for only when the key is new. */
export interface ScreenRow {
  readonly key: string;
  readonly cells: () => readonly Cell[];
}

/** Keeps a terminal's screen as it should be, with few bytes: only cells that changed are written. */
export interface ScreenDriver {
  /** Makes the screen show these rows, as many as it has. */
  paint(rows: readonly ScreenRow[], columns: number): void;
  /** Somebody else wrote to the terminal, or its size changed: the next paint writes everything. */
  forget(): void;
}

interface ShownRow {
  readonly key: string;
  readonly cells: readonly Cell[];
}

// Terminals read smaller pieces at once anyway: there is nothing to tear.
const syncFromBytes = 1_024;
const beginSync = '\u001B[?2026h';
const endSync = '\u001B[?2026l';
// From here on erasing and stepping over is shorter than blanks.
const longBlanks = 12;

export function createScreenDriver(sink: TextSink): ScreenDriver {
  let shown: readonly ShownRow[] = [];
  let shownColumns = 0;
  return {
    paint(rows, columns) {
      const known = columns === shownColumns && rows.length === shown.length;
      const before = known ? shown : [];
      const pen = createPen(columns);
      shown = rows.map((row, number) => showRow(pen, number, before[number], row));
      shownColumns = columns;
      const bytes = pen.finish();
      if (bytes === '') return;
      sink.write(bytes.length < syncFromBytes ? bytes : beginSync + bytes + endSync);
    },
    forget() {
      shown = [];
    },
  };
}

function showRow(
  pen: Pen,
  number: number,
  before: ShownRow | undefined,
  { key, cells }: ScreenRow,
): ShownRow {
  if (before?.key === key) return before;
  const after = { key, cells: cells() };
  if (before === undefined || !hasSureColumns(before.cells) || !hasSureColumns(after.cells)) {
    writeRow(pen, number, after.cells);
  } else {
    changeRow(pen, number, before.cells, after.cells);
  }
  return after;
}

function writeRow(pen: Pen, row: number, cells: readonly Cell[]): void {
  pen.loseCursor();
  pen.eraseRest(row, 0, cells);
  const filled = filledCells(cells);
  let sure = true;
  for (const [column, cell] of cells.slice(0, filled).entries()) {
    // What stands behind a sign of unsure width is put at its column, so that tables stay straight.
    if (!sure && isSure(cell)) pen.loseCursor();
    sure = isSure(cell);
    pen.put(row, column, cells);
  }
  if (!sure) pen.loseCursor();
}

function changeRow(pen: Pen, row: number, before: readonly Cell[], after: readonly Cell[]): void {
  const filled = filledCells(after);
  let column = 0;
  while (column < filled) {
    if (sameCell(before[column] ?? blankCell, after[column] ?? blankCell)) {
      column++;
      continue;
    }
    const blanks = blanksFrom(after, column);
    if (blanks >= longBlanks) pen.erase(row, column, after, blanks);
    else pen.put(row, column, after);
    column += blanks >= longBlanks ? blanks : 1;
  }
  if (!sameFrom(before, after, filled)) pen.eraseRest(row, filled, after);
}

function blanksFrom(cells: readonly Cell[], column: number): number {
  let end = column;
  for (let cell = cells[end]; cell !== undefined && isBlank(cell); cell = cells[end]) end++;
  return end - column;
}
