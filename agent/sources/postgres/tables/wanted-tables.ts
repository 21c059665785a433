import { columnDifference, instead } from '../../dumps/column-difference.ts';
import type { TableFacts } from '../dump-facts.ts';
import type { LiveTable } from './live-tables.ts';

/** A table that comes back, with what is live under its name. */
export interface TableToExchange {
  readonly then: TableFacts;
  readonly live: LiveTable;
}

export interface RefusedTable {
  readonly table: string;
  readonly problem: string;
}

/** Names as they are asked for, as the backup lists them: the schema may be left out where one table only is meant. */
export function tablesNamed(asked: readonly string[], known: readonly TableFacts[]): Wanted {
  const wanted = new Map<string, TableFacts>();
  const roots = new Set<string>();
  const refused: RefusedTable[] = [];
  for (const name of asked) {
    const found = oneNamed(name, known);
    if ('problem' in found) {
      refused.push({ table: name, problem: found.problem });
      continue;
    }
    for (const each of found.tables) {
      wanted.set(each.table, each);
      if (each.root === found.name) roots.add(found.name);
    }
  }
  return { wanted: [...wanted.values()], roots, refused };
}

export interface Wanted {
  readonly wanted: readonly TableFacts[];
  /** Partitioned tables, all of which is wanted. */
  readonly roots: ReadonlySet<string>;
  readonly refused: readonly RefusedTable[];
}

type Named =
  | { readonly name: string; readonly tables: readonly TableFacts[] }
  | { readonly problem: string };

function oneNamed(name: string, known: readonly TableFacts[]): Named {
  const full = namesOf(known);
  const exact = full.filter((each) => each === name);
  const ending = exact.length > 0 ? exact : full.filter((each) => each.endsWith(`.${name}`));
  const inPublic = ending.filter((each) => each === `public.${name}`);
  const meant = inPublic.length > 0 ? inPublic : ending;
  const [first] = meant;
  if (first === undefined) return { problem: 'the backup has no such table' };
  if (meant.length > 1) return { problem: `there are ${meant.join(' and ')}: name the schema too` };
  return {
    name: first,
    tables: known.filter(({ table, root }) => table === first || root === first),
  };
}

/** Partitioned tables hold no rows: their partitions are meant. */
function namesOf(known: readonly TableFacts[]): readonly string[] {
  return [...new Set(known.flatMap(({ table, root }) => [table, ...(root ? [root] : [])]))];
}

/** Those whose rows of then fit into what is live now, those of which nothing is live, and why others do not come back. */
export function fitTables(
  { wanted, roots }: Pick<Wanted, 'wanted' | 'roots'>,
  live: ReadonlyMap<string, LiveTable>,
): FittingTables {
  const fitting: TableToExchange[] = [];
  const coming: TableFacts[] = [];
  const refused: RefusedTable[] = [];
  for (const then of wanted) {
    const now = live.get(then.table);
    const problem = now === undefined ? whyStaysGone(then) : differenceOf(then, now);
    if (problem !== undefined) refused.push({ table: then.table, problem });
    else if (now === undefined) coming.push(then);
    else fitting.push({ then, live: now });
  }
  return { fitting, coming, refused: [...refused, ...partitionsSince(wanted, roots, live)] };
}

export interface FittingTables {
  readonly fitting: readonly TableToExchange[];
  readonly coming: readonly TableFacts[];
  readonly refused: readonly RefusedTable[];
}

export const insteadOfGone =
  'load it beside the others (--beside), or bring back all of the database';

function whyStaysGone({ rows, columns, root }: TableFacts): string | undefined {
  if (root !== undefined)
    return `it is a partition of "${root}" that is not in the live database any more: ${insteadOfGone}`;
  return rows === undefined || columns === undefined
    ? `it is not in the live database any more: ${insteadOfGone}`
    : undefined;
}

function differenceOf(then: TableFacts, now: LiveTable): string | undefined {
  if (then.rows === undefined)
    return 'it belongs to an extension, which says which of its rows are in a backup';
  if (then.columns === undefined)
    return `this backup was taken by an older Kedge and does not say its columns: ${instead}`;
  const different = columnDifference(then.columns, now.columns);
  if (different !== undefined) return `${different}: ${instead}`;
  return then.bound === now.bound ? undefined : `it is for other rows now: ${instead}`;
}

/** Rows of partitions that came since would stay among those of then. */
function partitionsSince(
  wanted: readonly TableFacts[],
  roots: ReadonlySet<string>,
  live: ReadonlyMap<string, LiveTable>,
): readonly RefusedTable[] {
  const names = new Set(wanted.map(({ table }) => table));
  return [...live.values()].flatMap(({ table, root }) =>
    root === undefined || !roots.has(root) || names.has(table) ? [] : [since(table, root)],
  );
}

function since(table: string, root: string): RefusedTable {
  return {
    table,
    problem: `it is a partition of "${root}" that came since: name the partitions that are to come back, or bring back all of the database`,
  };
}
