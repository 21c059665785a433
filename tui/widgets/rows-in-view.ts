import type { ListSort, ListView } from '../store/list-view.ts';
import { rowFilter } from './filter-rows.ts';
import { columnText, type ListColumn, type ListSpec } from './list-spec.ts';

/** Of the last look at some rows: the same rows seen the same way need no second look. */
interface Look {
  readonly list: string;
  readonly filter: string;
  readonly sort: ListSort | undefined;
  /** Places of the rows, in the order of the screen. */
  readonly order: readonly number[];
}

const looks = new WeakMap<readonly unknown[], Look>();

/** The rows of a list that pass its filter, in the order that was chosen. */
export function rowsInView<T>(spec: ListSpec<T>, view: ListView): readonly T[] {
  const filter = spec.filteredOf === undefined ? (view.filter?.text.trim() ?? '') : '';
  const { sort } = view;
  const column = spec.columns.find(({ id }) => id === sort?.column);
  if (filter === '' && column === undefined) return spec.rows;
  const { alone } = spec;
  const rows = alone === undefined ? spec.rows : spec.rows.map(alone);
  const known = looks.get(spec.rows);
  const isSame = known?.list === spec.id && known.filter === filter && known.sort === sort;
  const order = isSame ? known.order : orderOf(rows, spec.columns, filter, column, sort);
  if (!isSame) looks.set(spec.rows, { list: spec.id, filter, sort, order });
  return order.flatMap((place) => rows.slice(place, place + 1));
}

function orderOf<T>(
  rows: readonly T[],
  columns: readonly ListColumn<T>[],
  filter: string,
  column: ListColumn<T> | undefined,
  sort: ListSort | undefined,
): readonly number[] {
  const passes = filter === '' ? undefined : rowFilter(filter, columns);
  const places = rows.flatMap((row, place) =>
    passes === undefined || passes(textsOf(row, columns)) ? [place] : [],
  );
  return column === undefined ? places : sorted(places, rows, column, sort?.descending === true);
}

function textsOf<T>(row: T, columns: readonly ListColumn<T>[]): ReadonlyMap<string, string> {
  return new Map(columns.map((column) => [column.id, columnText(column, row).toLowerCase()]));
}

/** Rows without a value stand last, whichever way round. */
function sorted<T>(
  places: readonly number[],
  rows: readonly T[],
  column: ListColumn<T>,
  descending: boolean,
): readonly number[] {
  const { sortBy = (row: T) => columnText(column, row) } = column;
  const sign = descending ? -1 : 1;
  return places
    .flatMap((place) => rows.slice(place, place + 1).map((row) => ({ place, value: sortBy(row) })))
    .sort((a, b) => {
      const lacks = Number(isNothing(a.value)) - Number(isNothing(b.value));
      return lacks === 0 ? sign * compare(a.value, b.value) : lacks;
    })
    .map(({ place }) => place);
}

type Value = number | string | undefined;

function isNothing(value: Value): boolean {
  return value === undefined || value === '';
}

const collator = new Intl.Collator('en', { numeric: true });

function compare(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}
