/** A report is read in any terminal, mailed and printed. */
export const usualColumns = 80;
const labelCells = 16;

/** Text in rows, each behind `indent`; a longer word is cut. */
export function wrapRows(text: string, indent = '', columns = usualColumns): readonly string[] {
  const width = Math.max(8, columns - indent.length);
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ').flatMap((one) => cut(one, width))) {
    if (row !== '' && row.length + 1 + word.length > width) {
      rows.push(indent + row);
      row = word;
    } else row = row === '' ? word : `${row} ${word}`;
  }
  return [...rows, indent + row];
}

/** "  Label         value", the value wrapped under itself; a long label has a row of its own. */
export function labelledRows(
  label: string,
  value: string,
  columns = usualColumns,
): readonly string[] {
  const [first = '', ...rest] = wrapRows(value, ' '.repeat(labelCells), columns);
  const head = `  ${label}`;
  if (head.length >= labelCells) return [...wrapRows(label, '  ', columns), first, ...rest];
  return [head.padEnd(labelCells) + first.slice(labelCells), ...rest];
}

function cut(word: string, width: number): readonly string[] {
  const letters = [...word];
  const pieces = [letters.splice(0, width).join('')];
  while (letters.length > 0) pieces.push(letters.splice(0, width).join(''));
  return pieces;
}
