import { basename } from 'node:path';
import type { SqlSession } from '../../databases/sql-session.ts';
import { type Dumping, keepsHistory } from './dump-parts.ts';
import { isIn } from './list-objects.ts';
import type { DatabaseObjects, FoundTable } from './read-objects.ts';
import { areRowsElsewhere } from './rows-elsewhere.ts';
import type { DumpedTable } from './split-dump.ts';

const shownAtMost = 5;

/** `"visit", "owner" and 3 more` */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, shownAtMost).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What a dump of this database leaves out or can't hold together, in words. */
export async function captureNotes(
  { source, database, tools }: Pick<Dumping, 'source' | 'database' | 'tools'>,
  session: SqlSession,
  { tables, views }: DatabaseObjects,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const engines = await session.query(
    `SELECT engine AS engine FROM information_schema.engines WHERE transactions = 'YES'`,
    signal,
  );
  const floats = await session.query(
    `SELECT DISTINCT table_name AS name FROM information_schema.columns
     WHERE ${isIn('table_schema', database)} AND data_type = 'float'`,
    signal,
  );
  const withMoments = new Set(engines.map(({ engine }) => engine));
  const ofTables = tables.filter(({ kind }) => kind === 'table');
  const elsewhere = ofTables.filter(areRowsElsewhere);
  const withoutMoment = ofTables.filter(
    (table) => !withMoments.has(table.engine) && !elsewhere.includes(table),
  );
  const dated = keepsHistory(tools, tables)
    ? []
    : ofTables.filter(({ isVersioned }) => isVersioned);
  const byTransaction = tables.some(({ isByTransaction }) => isByTransaction);
  const broken = views.filter(({ isBroken }) => isBroken);
  const floating = floats.map(({ name }) => name ?? '');
  const inDump = new Set(ofTables.map(({ table }) => table));
  const note = (what: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`source "${source}": ${what}: ${listed(names)}`];
  return [
    ...note(
      'taken in another moment than the rest, as their engine has no transactions',
      namesOf(withoutMoment),
    ),
    ...note('taken without rows, which are elsewhere', namesOf(elsewhere)),
    ...note(
      byTransaction
        ? 'taken without what their rows were before, as mariadb-dump writes no history by transactions, which one of these has'
        : 'taken without what their rows were before, for which mariadb-dump 10.11 is needed',
      namesOf(dated),
    ),
    ...note(
      'kept as text only, as what these views stand on is gone, or as whom they run',
      broken.map(({ view }) => view),
    ),
    ...note(
      `numbers of type FLOAT taken with six digits, as ${basename(tools.dump)} writes no more`,
      floating.filter((name) => inDump.has(name)),
    ),
  ];
}

const namesOf = (tables: readonly FoundTable[]): readonly string[] =>
  tables.map(({ table }) => table);

/**
 * Tables that have another number of rows in the dump than before it and after it. Others may have written; where
 * nobody did, rows are missing.
 */
export function rowNotes(
  source: string,
  dumped: readonly DumpedTable[],
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): readonly string[] {
  return dumped.flatMap(({ table, kind, rows }) => {
    const counts = [before.get(table) ?? rows, after.get(table) ?? rows];
    if (kind === 'sequence' || (rows >= Math.min(...counts) && rows <= Math.max(...counts)))
      return [];
    const [then, since] = counts;
    return [
      `source "${source}": table "${table}" has ${rows} rows in the dump, ${then} right before it and ${since} after it`,
    ];
  });
}
