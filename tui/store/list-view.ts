import type { FieldState } from './ui-state.ts';

/** How somebody looks at one list: what is filtered, by what it is sorted, which columns, which rows are marked. */
export interface ListView {
  readonly filter?: FieldState;
  readonly sort?: ListSort;
  /** Columns that are shown against their nature, or not shown. */
  readonly turned?: readonly string[];
  /** Keys of rows, in the order in which they were marked. */
  readonly marks?: readonly string[];
}

export interface ListSort {
  readonly column: string;
  readonly descending: boolean;
}

export type ListViews = Readonly<Record<string, ListView>>;

export const untouched: ListView = {};

/** The next of: upwards, downwards, as the list comes. */
export function turnedSort(sort: ListSort | undefined, column: string): ListSort | undefined {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? undefined : { column, descending: true };
}

/** With the key, or without it when it was there. */
export function toggled(keys: readonly string[] = [], key: string): readonly string[] {
  return keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key];
}
