import { literal } from '../../databases/postgres/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';

/** Which other server's changes a database takes; known to everybody. */
export async function subscriptionsOf(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT s.subname AS name FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid
     WHERE d.datname = ${literal(database)} ORDER BY 1`,
    signal,
  );
  return rows.map(({ name }) => name ?? '');
}
