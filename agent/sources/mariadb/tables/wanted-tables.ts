import { instead } from '../../dumps/column-difference.ts';
import type { DumpFacts, TableFacts } from '../dump-facts.ts';
import { areRowsElsewhere } from '../rows-elsewhere.ts';

export interface RefusedTable {
  readonly table: string;
  readonly problem: string;
}

export interface Wanted {
  readonly wanted: readonly TableFacts[];
  readonly refused: readonly RefusedTable[];
}

/** Names as they are asked for, each once, as the backup lists them. */
export function tablesNamed(
  asked: readonly string[],
  { tables, views }: Pick<DumpFacts, 'tables' | 'views'>,
): Wanted {
  const wanted: TableFacts[] = [];
  const refused: RefusedTable[] = [];
  for (const name of new Set(asked)) {
    const found = tables.find(({ table }) => table === name);
    const problem = problemOf(found, views.includes(name));
    if (found !== undefined && problem === undefined) wanted.push(found);
    else refused.push({ table: name, problem: problem ?? '' });
  }
  return { wanted, refused };
}

function problemOf(found: TableFacts | undefined, isView: boolean): string | undefined {
  if (found === undefined)
    return isView
      ? 'it is a view, which has no rows of its own: bring back the tables that it reads'
      : 'the backup has no such table';
  if (found.kind === 'sequence')
    return 'it is a sequence: numbers that were given stay given, so it does not go back by itself';
  if (areRowsElsewhere(found)) return 'its rows are elsewhere, and not in the backup';
  return undefined;
}

/** A table of the archive that does not fit, for what can be done with it. */
export const refusedFor = (table: string, difference: string): RefusedTable => ({
  table,
  problem: `${difference}: ${instead}`,
});
