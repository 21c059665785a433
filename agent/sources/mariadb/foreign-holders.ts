import type { SqlSession } from '../../databases/sql-session.ts';
import { isIn } from './list-objects.ts';

/** Tables of other databases whose foreign keys would follow what goes: they refer to a table, whatever it is called. */
export async function foreignHolders(
  session: SqlSession,
  live: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT constraint_schema AS db, table_name AS tab, constraint_name AS fk, referenced_table_name AS parent
     FROM information_schema.referential_constraints
     WHERE ${isIn('unique_constraint_schema', live)} ORDER BY 1, 2, 3`,
    signal,
  );
  return rows
    .filter(({ db }) => db !== live)
    .map(
      ({ db, tab, fk, parent }) =>
        `the foreign key "${fk}" of the table "${db}.${tab}" refers to "${parent}" and would follow what goes: drop it first, and make it again afterwards`,
    );
}
