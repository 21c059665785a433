import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import type { PartOrder, PartRestore } from '../part-order.ts';
import type { ArchivedSource, SourceRestore } from '../restore-kind.ts';
import { tableOrderProblems } from '../table-order.ts';
import { unfold } from './archived-facts.ts';
import { tablesBeside } from './tables/load-beside.ts';
import { planTables } from './tables/plan-tables.ts';
import { onlyTables, restoreTables } from './tables/table-part.ts';
import { tablesNamed } from './tables/wanted-tables.ts';

const never = new AbortController().signal;

/** Single tables; nothing else of a dump comes back by itself. */
export async function partOfMariadb(
  whole: SourceRestore,
  server: MariadbSettings,
  archived: ArchivedSource,
  order: PartOrder,
): Promise<PartRestore> {
  const { name } = archived;
  const problems = tableOrderProblems(name, order);
  if (problems.length > 0) {
    const merges = async () => ({ source: name });
    return { archived, restore: whole, problems, warnings: [], merges };
  }
  const { facts, code } = await unfold(archived, never);
  const asked = (order.tables ?? []).map(({ table }) => table);
  const named = tablesNamed(asked, facts);
  const part = { ...named, server, facts, code, archived: onlyTables(archived, named.wanted) };
  return {
    archived: part.archived,
    restore: restoreTables(whole, part),
    problems: [],
    warnings: [],
    merges: async (work) => await planTables(part, work),
    beside: tablesBeside(part),
  };
}
