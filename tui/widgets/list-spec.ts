import type { Line } from './line.ts';
import type { Copyable, ListSection } from './section.ts';
import { type Cell, type Column, cellText } from './table.ts';

/** A column of a list: what a row shows in it, and by what it is sorted where that is not its text. */
export interface ListColumn<T> extends Column {
  readonly id: string;
  readonly cell: (row: T) => Cell;
  readonly sortBy?: (row: T) => number | string | undefined;
  /** What it says in words, where it shows a bar or cuts something short: for filter and copying. */
  readonly words?: (row: T) => string;
  /** Shown only where it was chosen. */
  readonly extra?: boolean;
}

/** A list as a screen describes it; filter, order, columns, marks and copying come with it. */
export interface ListSpec<T> extends Pick<ListSection, 'id' | 'min' | 'max' | 'empty' | 'follow'> {
  readonly title?: Line;
  readonly rows: readonly T[];
  readonly columns: readonly ListColumn<T>[];
  readonly keyOf: (row: T) => string;
  readonly open?: (row: T) => ReturnType<NonNullable<ListSection['open']>>;
  /** Beside its cells and the whole row: ids, paths, command lines. */
  readonly copies?: (row: T) => readonly Copyable[];
  readonly markable?: boolean;
  /** Without column titles. */
  readonly bare?: boolean;
  /** Kedge has filtered the rows already, out of so many. */
  readonly filteredOf?: number;
  /** A row outside of its tree, for when the order is another one. */
  readonly alone?: (row: T) => T;
}

export function columnText<T>({ cell, words: said }: ListColumn<T>, row: T): string {
  return said === undefined ? cellText(cell(row)).trim() : said(row);
}
