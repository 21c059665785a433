import { identifier } from '../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { FoundTable } from './read-objects.ts';
import { areRowsElsewhere } from './rows-elsewhere.ts';

/** Rows of each table as the session sees them, without sequences, and tables whose rows are elsewhere. `onTable` names the one that is counted. */
export async function countTables(
  session: SqlSession,
  database: string,
  tables: readonly Pick<FoundTable, 'table' | 'kind' | 'engine' | 'isVersioned'>[],
  signal: AbortSignal,
  onTable: (table: string) => void = () => undefined,
): Promise<ReadonlyMap<string, number>> {
  const counted = new Map<string, number>();
  for (const { table, kind, engine, isVersioned } of tables) {
    if (kind === 'sequence' || areRowsElsewhere({ engine })) continue;
    onTable(table);
    const from = `${identifier(database)}.${identifier(table)}`;
    const all = isVersioned ? ' FOR SYSTEM_TIME ALL' : '';
    const [row] = await session.query(`SELECT COUNT(*) AS counted FROM ${from}${all}`, signal);
    counted.set(table, Number(row?.['counted']));
  }
  return counted;
}
