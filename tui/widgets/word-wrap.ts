import { cutCells, exceeds } from './cells.ts';

/** Text in rows of at most `width` cells, broken between words; a longer word is cut. */
export function wordWrap(text: string, width: number): readonly string[] {
  if (width < 1) return [];
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width));
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
    row = word;
    while (exceeds(row, width)) {
      const head = cutCells(row, 0, width);
      rows.push(head);
      row = row.slice(head.trimEnd().length || 1);
    }
  }
  rows.push(row);
  return rows;
}
