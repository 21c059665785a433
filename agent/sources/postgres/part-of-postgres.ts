import type { PostgresSettings } from '../../databases/postgres/settings.ts';
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
export async function partOfPostgres(
  whole: SourceRestore,
  server: PostgresSettings,
  archived: ArchivedSource,
  order: PartOrder,
): Promise<PartRestore> {
  const { name } = archived;
  const problems = tableOrderProblems(name, order);
  if (problems.length > 0) {
    const merges = async () => ({ source: name });
    return { archived, restore: whole, problems, warnings: [], merges };
  }
  const { facts } = await unfold(archived, never);
  const asked = (order.tables ?? []).map(({ table }) => table);
  const named = tablesNamed(asked, facts.tables);
  const part = { ...named, server, facts, archived: onlyTables(archived, named.wanted) };
  return {
    archived: part.archived,
    restore: restoreTables(whole, part),
    problems: [],
    warnings: [],
    merges: async (work) => await planTables(part, work),
    beside: tablesBeside(part),
  };
}
