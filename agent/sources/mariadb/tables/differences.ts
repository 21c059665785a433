import type { SqlSession } from '../../../databases/sql-session.ts';
import { columnDifference } from '../../dumps/column-difference.ts';
import { comparedColumns, readShapes } from './table-shape.ts';

/** Why a table that comes is none to take the place of the live one, table by table. */
export async function differencesOf(
  session: SqlSession,
  { live, incoming }: { readonly live: string; readonly incoming: string },
  tables: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const coming = await readShapes(session, incoming, tables, signal);
  const now = await readShapes(session, live, tables, signal);
  return tables.flatMap((table) => {
    const [one, other] = [coming.get(table), now.get(table)];
    if (one === undefined || other === undefined) return [];
    const difference = columnDifference(...comparedColumns(one, other));
    return difference === undefined ? [] : [`table "${table}": ${difference}`];
  });
}
