import { cutCells, exceeds, leadingGrapheme } from './cells.ts';

/** Text in rows of at most `width` cells, broken between words; a longer word is cut. */
export function wordWrap(text: string, width: number): readonly string[] {
  if (width < 1) return [];
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width));
}

/** Text in rows that are full: broken wherever they end, no sign of it is lost, none is parted. */
export function cutRows(text: string, width: number): readonly string[] {
  if (width < 1) return [];
  const rows: string[] = [];
  let rest = text;
  while (exceeds(rest, width)) {
    const head = beginning(rest, width);
    rows.push(head);
    rest = rest.slice(head.length);
  }
  if (rest !== '') rows.push(rest);
  return rows;
}

/** What of a text fits, and at least one sign: a wide one in a single cell stands over. */
function beginning(text: string, width: number): string {
  const head = cutCells(text, 0, width);
  // Half a wide sign became a space.
  const whole = text.startsWith(head) ? head : head.slice(0, -1);
  return whole === '' ? leadingGrapheme(text) : whole;
}

function wrapParagraph(paragraph: string, width: number): readonly string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of paragraph.split(' ')) {
    const joined = row === '' ? word : `${row} ${word}`;
    if (!exceeds(joined, width)) {
      row = joined;
      continue;
    }
    if (row !== '') rows.push(row);
    const cut = cutRows(word, width);
    rows.push(...cut.slice(0, -1));
    row = cut.at(-1) ?? '';
  }
  rows.push(row);
  return rows;
}
