import { searchedText } from '../texts/searched-text.ts';
import { dateForms } from '../texts/typed-date.ts';

/** A word that must be there in one of its forms; `column`: in that one. Both lower case. */
interface Term {
  readonly forms: readonly string[];
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
    return column === undefined
      ? { forms: formsOf(word) }
      : { forms: formsOf(text), column: column.id };
  });
}

function hasTerm(row: RowText, { forms, column }: Term): boolean {
  const isIn = (cell: string): boolean => {
    const searched = searchedText(cell);
    return forms.some((form) => searched.includes(form));
  };
  if (column !== undefined) return isIn(row.get(column) ?? '');
  for (const cell of row.values()) if (isIn(cell)) return true;
  return false;
}

function formsOf(word: string): readonly string[] {
  return dateForms(searchedText(word));
}
