import { type Cell, cellOf } from '../../host/screen-cell.ts';
import type { CellOrder } from '../screen-rows.ts';
import { shapeLetters } from './shape-letters.ts';
import {
  baseDirection,
  objectSign,
  readsFromRight,
  rightToLeftLetter,
  unitsOf,
} from './text-unit.ts';
import { visualOrder } from './visual-order.ts';

// Embeddings and marks, not the isolates of newer Unicode: to some terminals those take a cell.
const [embedLeft, embedRight, endEmbedding] = ['\u202A', '\u202B', '\u202C'];
const [markLeft, markRight] = ['\u200E', '\u200F'];

/** For terminals that write from left to right whatever comes: the order in which it is seen, in joined letters. */
export const visualCells: CellOrder = {
  name: 'kedge',
  order: (texts) => texts.flatMap((text) => inPieces(text, toVisual)),
};

/** For terminals that order and join letters by themselves: pieces of text are told apart, so that columns are not mixed. */
export const markedCells: CellOrder = {
  name: 'terminal',
  order: (texts) => behindSigns(texts.flatMap((text) => inPieces(text, marked))),
};

function toVisual(cells: readonly Cell[], base: 'ltr' | 'rtl'): readonly Cell[] {
  const { units, saved } = shapeLetters(unitsOf(cells, base));
  const ordered = visualOrder(units, base).flatMap(({ cells: own }) => own);
  const style = ordered.at(-1)?.style ?? '';
  return [...ordered, ...Array.from({ length: saved }, () => cellOf(' ', style))];
}

function marked(cells: readonly Cell[], base: 'ltr' | 'rtl'): readonly Cell[] {
  const inside = unitsOf(cells, base).flatMap((unit) =>
    unit.sign === objectSign
      ? between(embedLeft, unit.cells, endEmbedding + markRight)
      : unit.cells,
  );
  // The mark keeps the next column from going on in this direction.
  return between(base === 'rtl' ? embedRight : embedLeft, inside, endEmbedding + markLeft);
}

const opening = /^[\u202A\u202B]+/;

/**
 * A mark in front of a sign goes behind the one before: at the start of what is written some terminals take it for a
 * sign. In front of the first letter of a row it may as well stand behind that.
 */
function behindSigns(cells: readonly Cell[]): readonly Cell[] {
  return cells.map((cell, at) => {
    if (cell.text === '') return cell;
    const [own = ''] = opening.exec(cell.text) ?? [];
    const isWide = cells[at + 1]?.text === '';
    const [next = ''] = opening.exec(cells[at + (isWide ? 2 : 1)]?.text ?? '') ?? [];
    if (own === '' && next === '') return cell;
    const text = cell.text.slice(own.length);
    return { ...cell, text: text + (at === 0 && readsFromRight(text) ? own : '') + next };
  });
}

function between(start: string, cells: readonly Cell[], end: string): readonly Cell[] {
  const last = cells.findLastIndex(({ text }) => text !== '');
  return cells.map((cell, at) => ({
    ...cell,
    text: (at === 0 ? start : '') + cell.text + (at === last ? end : ''),
  }));
}

const drawing = /^[\u2500-\u259F\u2800-\u28FF]/;
/** In front of a text: they say what the row is, and stand in a column. */
const leadingSign = /^(?:[*!-]|(?!<)\p{S})/u;

/** Pieces of text are ordered where they stand: what is aligned, drawn or left blank keeps its column. */
function inPieces(
  cells: readonly Cell[],
  order: (piece: readonly Cell[], base: 'ltr' | 'rtl') => readonly Cell[],
): readonly Cell[] {
  if (!cells.some(({ text }) => rightToLeftLetter.test(text))) return cells;
  const out: Cell[] = [];
  let at = 0;
  while (at < cells.length) {
    const start = startOfPiece(cells, at);
    const end = endOfPiece(cells, start);
    const piece = cells.slice(start, end);
    const text = piece.map((cell) => cell.text).join('');
    out.push(...cells.slice(at, start));
    out.push(...(readsFromRight(text) ? order(piece, baseDirection(text)) : piece));
    at = end;
  }
  return out;
}

function startOfPiece(cells: readonly Cell[], from: number): number {
  let start = from;
  for (let cell = cells[start]; cell !== undefined; cell = cells[start]) {
    const isSign = leadingSign.test(cell.text) && isBlankAt(cells, start + 1);
    if (!isSign && !isBlankAt(cells, start) && !drawing.test(cell.text)) break;
    start++;
  }
  return start;
}

/** Before two blanks, a line that is drawn, or blanks at the end. */
function endOfPiece(cells: readonly Cell[], start: number): number {
  let end = start;
  for (let at = start; at < cells.length; at++) {
    if (drawing.test(cells[at]?.text ?? '')) break;
    if (!isBlankAt(cells, at)) end = at + 1;
    else if (isBlankAt(cells, at + 1)) break;
  }
  return isCaretAt(cells, end) ? end + 1 : end;
}

/** The caret behind a text that is typed is a blank that looks like none of its neighbours. */
function isCaretAt(cells: readonly Cell[], at: number): boolean {
  const style = cells[at]?.style;
  const isAlone = style !== cells[at - 1]?.style && style !== cells[at + 1]?.style;
  return isBlankAt(cells, at) && style !== '' && isAlone;
}

function isBlankAt(cells: readonly Cell[], at: number): boolean {
  return cells[at]?.text === ' ';
}
