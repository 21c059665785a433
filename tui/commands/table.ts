import { reportTexts } from '../texts/texts.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'right';
}

/** Lines of a table for people and for cut, two blanks between columns, none at the end. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const lines = [columns.map((column) => column.title), ...rows];
  const widths = columns.map((_, n) =>
    Math.max(...lines.map((line) => [...(line[n] ?? '')].length)),
  );
  return lines.map((line) =>
    columns
      .map((column, n) => pad(line[n] ?? '', widths[n] ?? 0, column.align))
      .join('  ')
      .trimEnd(),
  );
}

/** Lines of "name  value", the values in one column; undefined values are left out. */
export function fields(
  entries: readonly (readonly [name: string, value: string | undefined])[],
): readonly string[] {
  const present = entries.filter(
    (entry): entry is readonly [string, string] => entry[1] !== undefined,
  );
  const width = Math.max(0, ...present.map(([name]) => name.length));
  return present.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

function pad(text: string, width: number, align: 'right' | undefined): string {
  const blanks = ' '.repeat(Math.max(0, width - [...text].length));
  return align === 'right' ? blanks + text : text + blanks;
}

/** Says that there is more than this page; nothing when there is not. */
export function pageNote(offset: number, shown: number, total: number): readonly string[] {
  return offset + shown < total ? [reportTexts.more(shown, total)] : [];
}
