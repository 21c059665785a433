/** A column as far as rows have to fit into it. */
export interface ComparedColumn {
  readonly name: string;
  readonly type: string;
  readonly generated?: boolean | undefined;
}

/** In words; undefined: the rows of then are as the rows of now. Their order does not count. */
export function columnDifference(
  then: readonly ComparedColumn[],
  now: readonly ComparedColumn[],
): string | undefined {
  const known = new Map(now.map((column) => [column.name, column]));
  const lost = then.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  const before = new Map(then.map((column) => [column.name, column]));
  const added = now.filter(({ name }) => !before.has(name)).map(({ name }) => name);
  const changed = then.flatMap((column) => {
    const found = known.get(column.name);
    if (found === undefined || kindOf(found) === kindOf(column)) return [];
    return [`its column ${column.name} was ${kindOf(column)} and is ${kindOf(found)} now`];
  });
  const words = [
    ...(lost.length === 0 ? [] : [`the live table has no column ${lost.join(', ')} any more`]),
    ...(added.length === 0
      ? []
      : [`the live table has columns that came since: ${added.join(', ')}`]),
    ...changed,
  ];
  return words.length === 0 ? undefined : words.join('; ');
}

const kindOf = ({ type, generated }: ComparedColumn): string =>
  generated === true ? `${type}, computed,` : type;

/** What else can be done with a table whose rows of then do not fit. */
export const instead =
  'load it beside the live one (--beside) and copy what is needed, or bring back all of the database';
