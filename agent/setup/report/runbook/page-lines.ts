/** A printed page of a terminal, cells. */
const width = 80;
const labelCells = 13;

export function heading(text: string): readonly string[] {
  return ['', text.toUpperCase()];
}

/** "  label        value", the value wrapped under itself; a label that is too long for that stands above it. */
export function fact(label: string, value: string): readonly string[] {
  const rows = wrap(value, width - labelCells - 2);
  const beside = label.length < labelCells;
  const lines = rows.map(
    (row, index) => `  ${(index === 0 && beside ? label : '').padEnd(labelCells)}${row}`,
  );
  return beside ? lines : [`  ${label}`, ...lines];
}

/** Text in the place of a fact. */
export function paragraph(text: string): readonly string[] {
  return wrap(text, width - 2).map((row) => `  ${row}`);
}

/** Words in rows of at most so many characters; one that is longer, such as a path, is cut. */
export function wrap(text: string, cells: number): readonly string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ').flatMap((one) => cut(one, cells))) {
    if (row !== '' && row.length + 1 + word.length > cells) {
      rows.push(row);
      row = word;
    } else row = row === '' ? word : `${row} ${word}`;
  }
  return [...rows, row];
}

export function cut(text: string, cells: number): readonly string[] {
  const letters = [...text];
  const pieces: string[] = [];
  for (let at = 0; at === 0 || at < letters.length; at += cells) {
    pieces.push(letters.slice(at, at + cells).join(''));
  }
  return pieces;
}

/** "2026-11-22 09:00", on the clock of this machine. */
export function wordMinute(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
