import type { CountedTable } from './count-tables.ts';
import type { TableFacts } from './dump-facts.ts';
import type { TableShape } from './tables/table-shape.ts';

/**
 * The tables whose rows are in a dump, from the list that `pg_restore --list` prints: a line for each entry, of rows
 * `3345; 0 16401 TABLE DATA public visit owner`, which are the number of the entry and that of its table.
 */
export function tablesIn(
  list: string,
  counted: readonly CountedTable[],
  shapes: ReadonlyMap<string, TableShape>,
): { readonly tables: readonly TableFacts[]; readonly problem?: string } {
  const byOid = new Map(counted.map((table) => [table.oid, table]));
  const tables: TableFacts[] = [];
  for (const line of list.split('\n')) {
    const [, entry, oid = '', name = ''] = /^(\d+); \d+ (\d+) TABLE DATA (.*)$/.exec(line) ?? [];
    if (entry === undefined) continue;
    const found = byOid.get(oid);
    const file = `${entry}.dat`;
    if (found === undefined) return { tables, problem: `"${name}" was not counted` };
    tables.push({ table: found.table, file, ...rowsOf(found), ...shapes.get(oid) });
    byOid.delete(oid);
  }
  // Of extensions only what they say is dumped.
  const left = [...byOid.values()].find(({ rows }) => rows !== undefined);
  return left === undefined
    ? { tables }
    : { tables, problem: `"${left.table}" is not in the dump` };
}

function rowsOf({ rows }: CountedTable): Pick<TableFacts, 'rows'> {
  return rows === undefined ? {} : { rows };
}
