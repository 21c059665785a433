import { howFarTried } from '../../databases/sqlserver/how-far-tried.ts';
import type { PartOrder, PartRestore } from '../part-order.ts';
import type { ArchivedSource, SourceRestore } from '../restore-kind.ts';
import { tableOrderProblems } from '../table-order.ts';
import { unfold } from './archived-facts.ts';
import { copyObstacles } from './restore-findings.ts';
import { type SqlserverSourceSettings, serverOf } from './settings.ts';
import { makeTablesBeside } from './tables-beside.ts';

const never = new AbortController().signal;

/** Single tables stand beside the live ones; nothing else of a native backup comes back by itself. */
export async function partOfSqlserver(
  whole: SourceRestore,
  settings: SqlserverSourceSettings,
  archived: ArchivedSource,
  order: PartOrder,
): Promise<PartRestore> {
  const { name } = archived;
  const problems = tableOrderProblems(name, order);
  const about = { archived, merges: async () => ({ source: name }) };
  if (problems.length > 0) return { ...about, restore: whole, problems, warnings: [] };
  const facts = await unfold(archived, never);
  const asked = (order.tables ?? []).map(({ table }) => table);
  const known = facts.tables.map(({ table }) => table);
  const { tables, problems: unknown } = tablesNamed(asked, known, name);
  const obstacles = await copyObstacles(serverOf(settings), facts, never);
  return {
    ...about,
    restore: onlyBeside(whole, name, new Set(tables)),
    problems: [],
    warnings: [howFarTried, wordWhole(name)],
    beside: {
      tables,
      problems: [...unknown, ...obstacles.map((why) => `source "${name}": ${why}`)],
      make: async (nowMs, work) =>
        await makeTablesBeside({ source: name, settings, archived, tables, nowMs }, work),
    },
  };
}

function wordWhole(source: string): string {
  return `source "${source}": all of the backup becomes a database of its own for that, which is dropped again: it takes the room and the time of a whole restore`;
}

/** Rows of live tables would be exchanged by statements that nobody has seen work on Microsoft's engine. */
function onlyBeside(
  whole: SourceRestore,
  source: string,
  wanted: ReadonlySet<string>,
): SourceRestore {
  const why = `tables of "${source}" do not take the place of live ones: for a SQL Server that has not been tried on Microsoft's engine. Load them beside the live ones (--beside) and copy what is needed, or bring back all of "${source}"`;
  return {
    ...whole,
    compare: async (archived, work) => {
      const { tables = [], ...change } = await whole.compare(archived, work);
      return { ...change, tables: tables.filter(({ table }) => wanted.has(table)) };
    },
    findings: async () => ({ warnings: [howFarTried], obstacles: [why] }),
  };
}

/** As they are asked for: the schema may be left out where one table only is meant. */
function tablesNamed(
  asked: readonly string[],
  known: readonly string[],
  source: string,
): { readonly tables: readonly string[]; readonly problems: readonly string[] } {
  const found = new Set<string>();
  const problems: string[] = [];
  for (const name of asked) {
    const all = known.filter((table) => table === name || table.endsWith(`.${name}`));
    const usual = all.filter((table) => table === name || table === `dbo.${name}`);
    const [first, ...others] = usual.length > 0 ? usual : all;
    if (first !== undefined && others.length === 0) found.add(first);
    else problems.push(`table "${name}" of source "${source}": ${whyNot([...all])}`);
  }
  return { tables: [...found], problems };
}

function whyNot(found: readonly string[]): string {
  return found.length === 0
    ? 'the backup has no such table'
    : `there are ${found.join(' and ')}: name the schema too`;
}
