/** A word that must be there; `column`: in that one. Both lower case. */
interface Term {
  readonly text: string;
  readonly column?: string;
}

/** What the cells of a row say, by id of the column, and in the order of the columns. */
export type RowText = ReadonlyMap<string, string>;

/**
 * Whether a row has all words of a filter, whatever their case: "diff verified". `kind:full` looks in the one
 * column whose id or title begins so.
 */
export function rowFilter(
  filter: string,
  columns: readonly { readonly id: string; readonly title: string }[],
): (row: RowText) => boolean {
  const terms = termsOf(filter, columns);
  return (row) => terms.every((term) => hasTerm(row, term));
}

function termsOf(
  filter: string,
  columns: readonly { readonly id: string; readonly title: string }[],
): readonly Term[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return words.map((word): Term => {
    const [, name = '', text = ''] = /^([^:]+):(.+)$/.exec(word) ?? [];
    const column = columns.find(
      ({ id, title }) =>
        name !== '' && (id.startsWith(name) || title.toLowerCase().startsWith(name)),
    );
    return column === undefined ? { text: word } : { text, column: column.id };
  });
}

function hasTerm(row: RowText, { text, column }: Term): boolean {
  if (column !== undefined) return row.get(column)?.includes(text) === true;
  for (const cell of row.values()) if (cell.includes(text)) return true;
  return false;
}
