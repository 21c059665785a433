import type { SqlSession } from '../../databases/sql-session.ts';
import { countTables } from './count-tables.ts';
import { ownTables } from './list-objects.ts';
import { readObjects } from './read-objects.ts';

/** Rows of each table of a database, Kedge's own left out. */
export async function rowsIn(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const own: ReadonlySet<string> = new Set(Object.values(ownTables));
  const { tables } = await readObjects(session, database, signal);
  const asked = tables.filter(({ table }) => !own.has(table));
  return await countTables(session, database, asked, signal);
}
