import type { PartOrder } from './part-order.ts';

/** Why tables of a database in a server can't come back as they are asked for. */
export function tableOrderProblems(
  source: string,
  { keepNewer, paths, tables = [] }: PartOrder,
): readonly string[] {
  const problems: string[] = [];
  if (paths !== undefined) problems.push(`source "${source}" is a database; name tables of it`);
  if (keepNewer && tables.length > 0)
    problems.push(`tables of "${source}" come back as they were; what is newer in them can't stay`);
  else if (keepNewer)
    problems.push(
      `"${source}" is a database in a server, which comes back as it was; what is newer in it can't stay: bring back all of it, or single tables (--table ${source}.TABLE)`,
    );
  const rows = tables.find(({ keys }) => keys !== undefined);
  if (rows !== undefined)
    problems.push(
      `single rows of "${rows.table}" can't be picked: a database in a server gives back whole tables`,
    );
  return problems;
}
