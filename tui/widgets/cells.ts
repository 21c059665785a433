const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
// East Asian wide and fullwidth blocks, and emoji: two cells.
const wide =
  /^(?:[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F000}-\u{1FAFF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation})/u;
const zero = /^[\p{Mark}\p{Control}\p{Format}]/u;
// What nearly every line is made of: Latin letters, dashes, arrows, line drawing, ticks, one cell each.
// The general way below is a hundred times slower.
const oneCellEach =
  /^[\u0020-\u007E\u00A0-\u00AC\u00AE-\u02FF\u2010-\u2027\u2190-\u2195\u2500-\u259F\u2713\u2717\u2800-\u28FF]*$/;

function graphemeWidth(grapheme: string): number {
  if (zero.test(grapheme)) return 0;
  return wide.test(grapheme) || grapheme.includes('\uFE0F') ? 2 : 1;
}

/** Cells that a text takes on a terminal. */
export function cellWidth(text: string): number {
  if (oneCellEach.test(text)) return text.length;
  let width = 0;
  for (const { segment } of graphemes.segment(text)) width += graphemeWidth(segment);
  return width;
}

/** The part of a text from cell `start` on, at most `width` cells; half a wide character becomes a space. */
export function cutCells(text: string, start: number, width: number): string {
  if (oneCellEach.test(text)) return text.slice(start, start + width);
  const end = start + width;
  let cell = 0;
  let out = '';
  for (const { segment } of graphemes.segment(text)) {
    const next = cell + graphemeWidth(segment);
    if (cell >= end) break;
    if (cell >= start && next <= end) out += segment;
    else if (next > start) out += ' ';
    cell = next;
  }
  return out;
}

/** What a text begins with, as a person counts signs: a letter with its marks, a flag. */
export function leadingGrapheme(text: string): string {
  const [first] = graphemes.segment(text);
  return first?.segment ?? '';
}

/** A text cell by cell: a wide character has an empty one after it, marks share that of their letter. */
export function splitCells(text: string): readonly string[] {
  if (oneCellEach.test(text)) return text.split('');
  const cells: string[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const width = graphemeWidth(segment);
    if (width > 0) cells.push(segment, ...(width === 2 ? [''] : []));
  }
  return cells;
}

/** UTF-16 units of a letter with the marks that are left on it, at most. */
const signsPerCell = 12;

/** Whether a text takes more than `width` cells. Of a name of thousands of signs only the beginning is looked at. */
export function exceeds(text: string, width: number): boolean {
  const head = text.slice(0, width * signsPerCell);
  return cellWidth(head) > width || (head.length < text.length && cellWidth(text) > width);
}

/** A text in exactly `width` cells: cut with an ellipsis, or filled with spaces. */
export function fitText(text: string, width: number, ellipsis: string): string {
  if (width <= 0) return '';
  if (!exceeds(text, width)) return text + ' '.repeat(width - cellWidth(text));
  const cut = cutCells(text, 0, width - 1) + ellipsis;
  return cut + ' '.repeat(width - cellWidth(cut));
}
